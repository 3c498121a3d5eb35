/** The languages beside English. Loaded when the first element on the page is in one of them, or in none we have. */
import type { ReactiveControllerHost } from 'lit';
import { around, type Language } from './language.js';
import type { AllTexts, Translation } from './texts.js';

/** Each language with all its texts in one file of the built kit. */
const LANGUAGES: Record<string, () => Promise<{ readonly texts: Translation }>> = {
  ar: () => import('./ar/index.js'),
  de: () => import('./de/index.js'),
  es: () => import('./es/index.js'),
  fr: () => import('./fr/index.js'),
  hu: () => import('./hu/index.js'),
  it: () => import('./it/index.js'),
  ja: () => import('./ja/index.js'),
  nl: () => import('./nl/index.js'),
  pl: () => import('./pl/index.js'),
  pt: () => import('./pt/index.js'),
  tr: () => import('./tr/index.js'),
};

/** Languages that are written from right to left; a page may add texts in those that are not among ours. */
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/;

/** The texts of a language, `de` or `pt-br`; none for one the kit does not speak. Rejects when they cannot be loaded. */
export async function textsOf(code: string): Promise<Partial<AllTexts>> {
  const language = code.split('-')[0]!;
  if (!Object.hasOwn(LANGUAGES, language)) return {};
  const { texts } = await LANGUAGES[language]!();
  return { ...texts, duration: durationsIn(code) };
}

/**
 * Says in the tag of which language its words are, where that is not the page's, and lets it read from right to
 * left with them, unless the page gives a direction itself.
 */
export function turn(host: ReactiveControllerHost & Element, language: Language): void {
  const base = host.shadowRoot?.querySelector('[part~=base]');
  if (!base) return;
  // In English this one is said by its name.
  const ours = language.find('hangUp') !== undefined;
  const { code } = language;
  set(base, 'lang', ours || /^en\b/.test(code) ? '' : 'en');
  set(base, 'dir', ours && RIGHT_TO_LEFT.test(code) && !around(host, 'dir') ? 'rtl' : '');
}

/** Milliseconds as `m:ss`, or `h:mm:ss` from an hour on, in the digits of a language. */
function durationsIn(locale: string): (ms: number) => string {
  const [lead, two] = [1, 2].map(
    (minimumIntegerDigits) => new Intl.NumberFormat(locale, { minimumIntegerDigits, useGrouping: false }),
  ) as [Intl.NumberFormat, Intl.NumberFormat];
  return (ms) => {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    if (!parts[0]) parts.shift();
    return parts.map((part, index) => (index ? two : lead).format(part)).join(':');
  };
}

/** A change that is none would be told to those who watch the attribute, and they would render again. */
function set(element: Element, name: string, value: string): void {
  if ((element.getAttribute(name) ?? '') === value) return;
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}
