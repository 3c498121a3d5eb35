/**
 * What the card shows beside the plain call: other calls, what to know, quality, the end. One module, loaded
 * with the first of them; quality comes within a second of talking, so the rest is here before it is needed.
 */
import { speakPanels } from '../../text/en-panels.js';
import { speakProblems } from '../../text/en-problems.js';

export { afterView } from './after.js';
export { extrasStyles as styles } from './extras.styles.js';
export { notices, noticesView } from './notices.js';
export { qualityView } from './quality.js';
export { stripsView } from './strips.js';

speakPanels();
// In time: what goes wrong later may be that whoever serves the words is gone.
speakProblems();
