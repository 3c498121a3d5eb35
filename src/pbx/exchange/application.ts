/** What takes calls by itself, as a phone without a person: a conference, a script of a web site. */
import type { Extension } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import type { LegMedia } from './leg-media.js';

export interface Application {
  /** Its number, name and kind, as phones are shown them. */
  readonly account: Omit<Extension, 'status'>;
  /**
   * Whether every call is answered as it comes. Otherwise it rings: the application is told so like a phone, and
   * answers, rejects or lets it ring as it likes.
   */
  readonly answersAtOnce: boolean;
  /** Its end of a call: what the other party hears, and what becomes of what that one says. */
  openMedia(callId: string): LegMedia;
  /** Told what a phone would be told of its calls. */
  readonly tell: Contact['tell'];
}

/** An application and itself as a party. */
export interface Service {
  readonly application: Application;
  readonly contact: Contact;
}

/** An application as a party of calls: it can be called like a phone. */
export function serviceOf(application: Application): Service {
  const { account } = application;
  const contact: Contact = {
    id: `application-${account.id}`,
    identity: { number: account.id, name: account.name, kind: 'extension', privileges: [] },
    account,
    rings: null,
    tell: (event, data) => application.tell(event, data),
  };
  return { application, contact };
}
