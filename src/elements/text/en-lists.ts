import type { ListTexts } from './list-texts.js';
import type { English } from './texts.js';

/** English for what lists say alike. */
export const enLists: English<ListTexts> = { loading: 'Loading…' };
