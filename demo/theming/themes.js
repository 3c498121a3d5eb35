/** The themes to choose from, as the phone system serves them; the first is the default, which needs no style sheet. */
export const THEMES = [
  { name: 'Default', href: '' },
  { name: 'Calm', href: '/themes/calm.css' },
  { name: 'Square', href: '/themes/square.css' },
  { name: 'Contrast', href: '/themes/contrast.css' },
];
