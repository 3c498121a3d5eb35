/** Who may be moved where, and who talks to whom. Pure functions. */
import type { Extension, PhoneState, Session } from '../../../phone/state.js';
import { isLive, isUp } from '../../ozeki-session-list/actions/session-rules.js';

export type Party = 'caller' | 'callee';

/** A party of a session that was taken up, to be dropped on an extension. */
export interface Load {
  readonly sessionId: string;
  readonly party: Party;
  /** The number and the name. */
  readonly who: string;
}

/** A party as it is shown and said: number, and name where there is one. */
export function nameOf(session: Session, party: Party): string {
  return [session[party], session[`${party}Name`]].filter(Boolean).join(' ');
}

/** Sessions in which somebody waits for an answer, the longest waiting first; and all others that go on. */
export function sorted(sessions: readonly Session[]): { waiting: Session[]; calls: Session[] } {
  const live = sessions.filter(isLive);
  return {
    waiting: live
      .filter(({ state }) => state === 'Ringing')
      .sort((one, other) => one.startedAt - other.startedAt),
    calls: live.filter(({ state }) => state !== 'Ringing'),
  };
}

/** Whether a party may be taken to another extension: of one's own call, or with the privilege of any. */
export function mayMove(session: Session, party: Party, { identity, capabilities }: PhoneState): boolean {
  const own = identity?.number ?? '';
  if (!capabilities?.control || session[party] === own) return false;
  const may =
    identity!.privileges.includes('sessions.modify') || session.caller === own || session.callee === own;
  if (session.state !== 'Ringing') return may && capabilities.blindTransfer && isUp(session);
  // Who waits is sent on; the phone that rings stays where it is.
  return may && capabilities.forward && party === 'caller';
}

/** Whether a party of this session can be taken there. */
export function takes({ id, status }: Extension, { caller, callee }: Session): boolean {
  return status !== 'offline' && id !== caller && id !== callee;
}

/** Who is in a session, or rings, and with whom: by the number. */
export function partners(sessions: readonly Session[]): Map<string, { session: Session; other: Party }> {
  const found = new Map<string, { session: Session; other: Party }>();
  for (const session of sessions)
    for (const [party, other] of [
      ['caller', 'callee'],
      ['callee', 'caller'],
    ] as const) {
      // A conversation says more than a call that rings besides.
      if (isUp(session) || !found.has(session[party])) found.set(session[party], { session, other });
    }
  return found;
}

/** How urgent it is to take a call, after so many milliseconds of waiting. */
export function ageOf(waited: number, late: number, urgent: number): '' | 'late' | 'urgent' {
  if (waited >= urgent * 1000) return 'urgent';
  return waited >= late * 1000 ? 'late' : '';
}
