/** What answers calls by itself: a conference, later a voicemail box or a script. */
import type { Extension } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import type { LegMedia } from './leg-media.js';

export interface Application {
  /** Its number, name and kind, as phones are shown them. */
  readonly account: Omit<Extension, 'status'>;
  /** Takes a call: what the caller hears and what becomes of what it says. */
  answer(): LegMedia;
}

/** An application as a party of calls: it can be called like a phone, and is told what a phone would be told. */
export function applicationContact({ account }: Application): Contact {
  return {
    id: `application-${account.id}`,
    identity: { number: account.id, name: account.name, kind: 'extension', privileges: [] },
    account,
    rings: null,
    tell: () => {},
  };
}
