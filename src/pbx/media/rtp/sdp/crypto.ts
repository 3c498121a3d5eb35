/** The keys in a session description: `a=crypto` lines (RFC 4568). */
import { MASTER_BYTES, SUITES, type Suite } from '../srtp/keys.js';
import type { Crypto } from './description.js';

const LINE = /^(\d{1,9}) (\w{1,64}) inline:([A-Za-z0-9+/]{40})(?:\|[^\s|:;]{1,20})?((?: [^\s]{1,64})*)$/;
/** Session parameters that change nothing for us; a line with any other asks for what is not done here. */
const HARMLESS = /^WSH=\d{2,5}$/;
const MAX_CRYPTOS = 8;

/** The keys that can be used, in the order they are offered. Lines with a key identifier (MKI) are left out. */
export function readCryptos(values: readonly string[]): Crypto[] {
  return values
    .slice(0, MAX_CRYPTOS)
    .map(readCrypto)
    .filter((crypto) => crypto !== null);
}

function readCrypto(value: string): Crypto | null {
  const match = LINE.exec(value.trimEnd());
  if (!match) return null;
  const [, tag, suite, key, parameters] = match;
  if (!isSuite(suite!)) return null;
  if (!parameters!.split(' ').every((parameter) => parameter === '' || HARMLESS.test(parameter))) return null;
  const master = Buffer.from(key!, 'base64');
  return master.length === MASTER_BYTES ? { tag: Number(tag), suite, master } : null;
}

function isSuite(name: string): name is Suite {
  return (SUITES as readonly string[]).includes(name);
}

export function cryptoLine({ tag, suite, master }: Crypto): string {
  return `a=crypto:${tag} ${suite} inline:${master.toString('base64')}`;
}
