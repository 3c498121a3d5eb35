/** The pieces that the schema of the configuration is made of, each with words for what is expected. */
import * as v from 'valibot';

/** A whole number in a range; every bound broken gives the one message that names both. */
export function wholeNumber(low: number, high: number, what = 'a whole number') {
  const message = `expected ${what} from ${low} to ${high}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(low, message), v.maxValue(high, message));
}

/** A text of limited length that is not empty. */
export function shortText(maxLength: number) {
  const message = `expected a text of 1 to ${maxLength} characters`;
  return v.pipe(v.string(message), v.minLength(1, message), v.maxLength(maxLength, message));
}

export const port = wholeNumber(0, 65_535, 'a port number');
export const seconds = wholeNumber(1, 3600, 'a number of seconds');
export const text = shortText(128);
export const path = shortText(4096);

const HASH_EXPECTED = 'expected a hash printed by "ozeki-webphone hash-password"';
const HASH_FORM =
  /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$[A-Za-z0-9+/]{16,}={0,2}\$[A-Za-z0-9+/]{32,}={0,2}$/;

/** `scrypt$N$r$p$salt$hash`, as `ozeki-webphone hash-password` prints it; costs that scrypt refuses are none. */
export const passwordHash = v.pipe(
  v.string(HASH_EXPECTED),
  v.check((value) => {
    const [N, r, p] = (HASH_FORM.exec(value) ?? []).slice(1).map(Number);
    if (N === undefined || r === undefined || p === undefined) return false;
    return N > 1 && N <= 2 ** 20 && Number.isInteger(Math.log2(N)) && r > 0 && p > 0;
  }, HASH_EXPECTED),
);

const URL_EXPECTED =
  'expected an address that starts with http:// or https://, without user name and password';

/** The address of a web site, of at most 2048 characters. */
export const webAddress = v.pipe(
  v.string(URL_EXPECTED),
  v.maxLength(2048, URL_EXPECTED),
  v.check(isWebAddress, URL_EXPECTED),
);

/** Whether a text is an `http:` or `https:` URL. One with a user name is none: it would be sent and logged with it. */
export function isWebAddress(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === '' && password === '';
}

const HEADER_EXPECTED = 'expected a header value: a text on one line';

/** The value of an HTTP header (RFC 9110, 5.5), so that nothing can be smuggled into the header. */
export const headerValue = v.pipe(
  v.string(HEADER_EXPECTED),
  v.maxLength(4096, HEADER_EXPECTED),
  v.regex(/^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/, HEADER_EXPECTED),
);
