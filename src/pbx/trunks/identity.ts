/** Who calls, and which number was dialled, as SIP messages say it and as they are told (RFC 3261, 3325, 7315). */
import type { IncomingRequestMessage, URI } from 'sip.js/lib/core/index.js';
import type { Party } from '../../protocol/index.js';
import { MAX_NUMBER_LENGTH } from '../../protocol/index.js';
import type { SipLineSettings } from '../config/settings.js';
import { readAddress } from './endpoint.js';

/** Who calls: whom the server vouches for, or who the caller says it is. Without a number it is anonymous. */
export function callerOf(message: IncomingRequestMessage): Party {
  const asserted = message.getHeader('p-asserted-identity');
  const address = (asserted === undefined ? null : firstSip(asserted)) ?? {
    uri: message.from.uri,
    displayName: message.from.displayName,
  };
  const number = numberOf(address.uri);
  return { number: number === '' ? 'anonymous' : number, name: nameOf(address.displayName ?? '') };
}

/** The number that was dialled: where the server says so, what the request is for, or whom it is to. */
export function dialedOf(message: IncomingRequestMessage, target: string, settings: SipLineSettings): string {
  const called = message.getHeader('p-called-party-id');
  const told = called === undefined ? null : readAddress(called);
  if (told) return numberOf(told.uri) || settings.username;
  // Servers that replace the target by the address that was registered leave the number in To.
  const requested = cleaned(target);
  if (requested !== '' && requested !== settings.username) return requested;
  return numberOf(message.to.uri) || settings.username;
}

/** A header field may name several addresses, of which a `tel:` may be the first. */
function firstSip(value: string): { uri: URI; displayName: string } | null {
  const one = /(?:"(?:[^"\\]|\\.){0,200}"|[^"<,]{0,200})<sips?:[^>]{1,256}>/i.exec(value)?.[0];
  return readAddress((one ?? value).trim());
}

function numberOf(uri: URI): string {
  return cleaned(uri.user ?? '');
}

/** A user part as a number: without escapes, parameters, and what no number has. */
function cleaned(user: string): string {
  const [plain = ''] = decoded(user).split(';');
  return plain.replace(/[\s\p{C}]/gu, '').slice(0, MAX_NUMBER_LENGTH);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A name to show: what came as bytes is UTF-8 (RFC 3261, 25.1). */
function nameOf(displayName: string): string {
  const text = Buffer.from(displayName, 'latin1').toString('utf8');
  return text
    .replace(/[\p{C}\u2028\u2029]/gu, '')
    .trim()
    .slice(0, 128);
}

/** How a caller is named in a call out: `"` and `\` would end the quotes around it. */
export function quotable(name: string): string {
  return name.replace(/[\p{C}"\\]/gu, '').slice(0, 64);
}
