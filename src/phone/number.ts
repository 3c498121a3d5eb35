import { MAX_NUMBER_LENGTH } from '../protocol/limits.js';

/**
 * What a person typed or pasted, as it is dialled: without blanks, dashes, dots, parentheses and the invisible
 * marks that come along with copied text. `+`, letters and `@` stay; an address (`@`) and a name without any
 * digit keep their punctuation. Null for what cannot be dialled.
 */
export function normaliseNumber(text: string): string | null {
  const number = text.replace(/[\s\p{C}]/gu, '');
  const plain =
    /\d/.test(number) && !number.includes('@') ? number.replace(/[-.()\u2010-\u2015]/g, '') : number;
  return plain.length <= MAX_NUMBER_LENGTH ? plain : null;
}
