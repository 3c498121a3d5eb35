/** The buttons of a row: to take a call that rings, and to listen to one. */
import type { PhoneState, Session } from '../../../phone/state.js';
import { isUp } from '../../ozeki-session-list/actions/session-rules.js';
import type { Say } from '../../text/texts.js';
import { nameOf } from './rules.js';
import type { RowAction } from './rows.js';

export interface RowCommands {
  accept(callId: string): void;
  pickUp(extension: string): void;
  listen(session: Session): void;
  /** Whether this session is listened to. */
  hears(session: Session): boolean;
}

/** What this phone may do with a session. */
export function actionsOf(
  session: Session,
  phone: PhoneState,
  commands: RowCommands,
  text: Say,
): RowAction[] {
  return session.state === 'Ringing'
    ? taking(session, phone, commands, text)
    : listening(session, phone, commands, text);
}

function taking(
  session: Session,
  { identity, capabilities, calls, extensions }: PhoneState,
  { accept, pickUp }: RowCommands,
  text: Say,
): RowAction[] {
  const caller = nameOf(session, 'caller');
  const own = calls.find(
    (call) => call.sessionId === session.id && call.direction === 'incoming' && call.state === 'ringing',
  );
  if (own) return [{ kind: 'accept', name: `${text('accept')}, ${caller}`, act: () => accept(own.id) }];
  const rings = extensions.some(({ id, status }) => id === session.callee && status === 'ringing');
  const may = capabilities?.pickup && identity!.privileges.includes('calls.pickup');
  if (!rings || !may || session.caller === identity!.number) return [];
  return [{ kind: 'pick-up', name: `${text('pickUp')}, ${caller}`, act: () => pickUp(session.callee) }];
}

function listening(
  session: Session,
  { identity, capabilities }: PhoneState,
  { listen, hears }: RowCommands,
  text: Say,
): RowAction[] {
  const own = [session.caller, session.callee].includes(identity!.number);
  const may = capabilities?.control && identity!.privileges.includes('sessions.listen');
  if (own || !may || !isUp(session)) return [];
  const who = `${nameOf(session, 'caller')}, ${nameOf(session, 'callee')}`;
  return [
    { kind: 'listen', name: text('listenTo', who), pressed: hears(session), act: () => listen(session) },
  ];
}
