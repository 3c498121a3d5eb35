/** The kinds of values parameters have: what is taken, what becomes of it, and how to say so. */
import { LIMITS } from './limits.js';

export interface Kind<T> {
  /** What is expected, as a person is told it: "a whole number from 1 to 3600". */
  readonly expects: string;
  /** The values there are, when they can be counted; a form shows them as a choice. */
  readonly choices?: readonly string[];
  /** The value, or undefined when the text is none. White space around it is gone already. */
  read(text: string): T | undefined;
}

/** Control characters, beside which white space of several lines stays. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** One line: a name, a number, a file. */
export function line(maxLength: number = LIMITS.name): Kind<string> {
  return {
    expects: `1 to ${maxLength} characters on one line`,
    read: (value) => (value.length <= maxLength && !/\p{Cc}/u.test(value) ? value : undefined),
  };
}

/** What is spoken or sent, of one or more lines. */
export const text: Kind<string> = {
  expects: `1 to ${LIMITS.text} characters`,
  read: (value) => (value.length <= LIMITS.text && !CONTROL.test(value) ? value : undefined),
};

export function wholeNumber(low: number, high: number): Kind<number> {
  return {
    expects: `a whole number from ${low} to ${high}`,
    read(value) {
      const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
      return number >= low && number <= high ? number : undefined;
    },
  };
}

/** One of several words, in upper or lower case. */
export function oneOf<const T extends string>(...words: readonly T[]): Kind<T> {
  return {
    expects: words.map((word) => `"${word}"`).join(' or '),
    choices: words,
    read: (value) => words.find((word) => word.toLowerCase() === value.toLowerCase()),
  };
}

const truth = oneOf('true', 'false');
export const flag: Kind<boolean> = {
  ...truth,
  read(value) {
    const word = truth.read(value);
    return word === undefined ? undefined : word === 'true';
  },
};

/** An address on the web. Whether the phone system may go there is decided when it does. */
export const url: Kind<string> = {
  expects: 'an address that starts with http:// or https://',
  read(value) {
    if (value.length > LIMITS.url || /[\s\p{Cc}]/u.test(value) || !/^https?:\/\//i.test(value))
      return undefined;
    return URL.canParse(value) ? value : undefined;
  },
};

/** Keys of a telephone; the letters become capitals. */
export const keys: Kind<string> = {
  expects: `1 to ${LIMITS.keys} of the keys 0 to 9, *, #, A to D`,
  read: (value) =>
    value.length <= LIMITS.keys && /^[\d*#A-D]+$/i.test(value) ? value.toUpperCase() : undefined,
};

/** A language with or without its country: `en-UK`, `pt-BR`, `de`. */
export const language: Kind<string> = {
  expects: 'a language such as en-UK',
  read: (value) => (/^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,2}$/i.test(value) ? value : undefined),
};

/** One address of e-mail, without the name of its owner. */
export const mailAddress: Kind<string> = {
  expects: 'an e-mail address',
  read: (value) =>
    value.length <= 254 && /^[^\s\p{Cc}@<>,;:"]+@[^\s\p{Cc}@<>,;:"]+$/u.test(value) ? value : undefined,
};

/** What variables and arrays are called. */
export const identifier: Kind<string> = {
  expects: 'a letter, then letters, digits and "_", 64 at most',
  read: (value) => (/^[a-z_]\w{0,63}$/i.test(value) ? value : undefined),
};
