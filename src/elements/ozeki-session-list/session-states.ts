import type { Session } from '../../phone/state.js';

/** How a session's state looks, by its name: colour and icon of the first that fits. Its word is in the texts. */
const LOOKS = [
  [/Hold/, 'accent', 'pause'],
  [/HungUp|Redirected|Cancelled/, 'muted', 'end'],
  [/Ringing/, 'warning', 'bell'],
  [/InCall/, 'good', 'phone'],
  [/^Created|^Setup/, 'muted', 'forward'],
  [/^Transfer(?!Failed)/, 'accent', 'transfer'],
  // What is left went wrong.
  [/./, 'bad', 'close'],
] as const;

/** The colour and the icon of a session's state. */
export function lookOf(state: Session['state']) {
  const [, tone, icon] = LOOKS.find(([names]) => names.test(state))!;
  return { tone, icon };
}
