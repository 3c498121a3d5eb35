/** Digits as they are sent as tones, `0-9 * # A-D`; null when there is anything else, or nothing. */
export function normaliseDigits(text: string): string | null {
  return /^[\d*#A-D]+$/i.test(text) ? text.toUpperCase() : null;
}
