/** Who may do what with whose session. */
import { ProtocolError } from '../../protocol/index.js';
import type { Privilege } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import { mayView } from './outbox.js';
import type { Session } from './session.js';
import type { Switchboard } from './switchboard.js';

/** Throws `forbidden` unless the phone has the privilege. */
export function mustHave(contact: Contact, privilege: Privilege): void {
  if (!contact.identity.privileges.includes(privilege)) {
    throw new ProtocolError('forbidden', `This needs the privilege "${privilege}".`);
  }
}

/** A session this phone may control: with the privilege, or one's own. Throws as {@link sessionWith}. */
export function controllable(board: Switchboard, contact: Contact, sessionId: string): Session {
  const session = board.sessions.get(sessionId);
  const own = session?.legs().some((leg) => leg.party.number === contact.identity.number) ?? false;
  return session && own ? session : sessionWith(board, contact, sessionId, 'sessions.modify');
}

/** Any session, with a privilege. Throws `not-found`, or `forbidden` to those who may see that there is one. */
export function sessionWith(
  board: Switchboard,
  contact: Contact,
  sessionId: string,
  privilege: Privilege,
): Session {
  const session = board.sessions.get(sessionId);
  const allowed = contact.identity.privileges.includes(privilege);
  if (!session || !(allowed || mayView(contact, session))) {
    throw new ProtocolError('not-found', 'There is no such session.');
  }
  mustHave(contact, privilege);
  return session;
}

export function mustBeAnswered(session: Session): void {
  if (!session.answered) {
    throw new ProtocolError('wrong-state', 'That is possible only in a call that was answered and stays.');
  }
}
