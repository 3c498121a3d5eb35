/** What a bad network does with messages. */
import type { Handling } from './tap.js';

/** None arrives. */
export const lost: Handling = () => {};
