/** The themes to choose from; the first is the default, which needs no style sheet. */
export const THEMES = [
  { name: 'Default', href: '' },
  { name: 'Square', href: '/theming/themes/square.css' },
  { name: 'Contrast', href: '/theming/themes/contrast.css' },
];
