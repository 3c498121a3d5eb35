/** The tokens that all tags have in common, with the values of the default theme: of colours for light and dark. */
export const TOKENS = [
  [
    'Colours',
    [
      ['color-accent', 'Ours: focus, links, what is chosen', '#1d5bd0', '#8ab0ff'],
      ['color-positive', 'Call, accept, idle', '#13753c', '#4cc783'],
      ['color-negative', 'End, reject, busy', '#c4272e', '#ff7a78'],
      ['color-warning', 'Ringing, held', '#8a5800', '#f0b53a'],
      ['color-on-strong', 'Text on these', '#ffffff', '#0d1016'],
      ['color-surface', 'Background', '#ffffff', '#15171c'],
      ['color-surface-raised', 'Keys, what is under the pointer', '#f4f5f7', '#1e2128'],
      ['color-text', 'Text', '#14171c', '#f1f3f7'],
      ['color-text-muted', 'Names, states, hints', '#5b6472', '#a2abb9'],
      ['color-border', 'Lines', '#d7dce3', '#383e4a'],
    ],
  ],
  [
    'Shape',
    [
      ['radius-s', 'Corners of fields', '8px'],
      ['radius-m', 'Corners of keys and tiles', '12px'],
      ['radius-l', 'Corners of cards', '16px'],
      ['border-width', 'Border of cards', '1px'],
      ['size-control', 'Height of buttons', '44px'],
      ['size-key', 'Height of keys', '58px'],
    ],
  ],
  [
    'Type and motion',
    [
      ['font', 'All text', '15px/1.4 system-ui, sans-serif'],
      ['shadow', 'Shadow of cards', '0 1px 2px #0001, 0 4px 16px #0001'],
      ['duration', 'Fading in and out', '150ms'],
    ],
  ],
];
