import type { Party } from '../../protocol/entities.js';
import type { IncomingRequest, IncomingResponse } from './jssip.js';

/**
 * Who the other side is: what the network vouches for (P-Asserted-Identity, RFC 3325; Remote-Party-ID of older
 * servers) before what the other side says itself. A number of this domain is shown without it.
 */
export function partyOf(
  message: IncomingRequest | IncomingResponse,
  side: 'from' | 'to',
  domain: string,
): Party {
  for (const header of ['p-asserted-identity', 'remote-party-id']) {
    for (const value of message.getHeaders(header)) {
      const party = readParty(value, domain);
      if (party) return party;
    }
  }
  const { uri, display_name: name } = message[side];
  return { number: numberOf(uri.user ?? '', uri.host, domain), name: name ?? '' };
}

/** Reads `"Name" <sip:user@host>` or `tel:number`; null for what is neither. */
export function readParty(value: string, domain: string): Party | null {
  const match =
    /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<\s*(?:sips?:([^@>;?]*)@([^>;?:]+|\[[^\]]+\])|tel:([^>;]+))/i.exec(
      `${value.includes('<') ? '' : '<'}${value}`,
    );
  if (!match) return null;
  const [, quoted, plain, user, host, phone] = match;
  const number = phone ?? numberOf(user ?? '', host ?? '', domain);
  return number ? { number, name: (quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '').trim() } : null;
}

/** A user as it is shown: without the domain where that is one's own, or says nothing to people. */
export function numberOf(user: string, host: string, domain: string): string {
  const plain = unescaped(user);
  return !plain || host === domain.replace(/:\d+$/, '') || /^\+?\d+$/.test(plain)
    ? plain
    : `${plain}@${host}`;
}

function unescaped(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
