import type { CreatePanel } from '../panels.js';
import { keypadPanel } from './keypad-panel.js';
import { numberPanel } from './number-panel.js';

export { panelStyles as styles } from './panels.styles.js';

/** The content of a panel of a kind. */
export const createPanel: CreatePanel = (kind, panels) =>
  (kind === 'keypad' ? keypadPanel : numberPanel)(kind, panels);
