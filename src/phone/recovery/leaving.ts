/**
 * A page that goes leaves its calls for the next one in the same tab, which takes them up (returning.ts). There from
 * the start: a page may go in the first moment of a call.
 */
import type { Keepsake } from '../../page/keepsake.js';
import { keep } from '../../page/kept.js';
import type { Identity, PhoneState } from '../state.js';

/** Leaves the calls there are, and returns the way to take them back; null when there is none that could go on. */
export function leaveCalls(state: PhoneState, ticket: string | null | undefined): (() => void) | null {
  const { calls, capabilities, connection, identity, selectedCallId } = state;
  const going = calls.filter(({ state }) => state !== 'ended');
  if (!going.length || !ticket || !identity || !capabilities?.reload) return null;
  const keepsake: Keepsake = {
    ...{ server: connection.server, as: nameOf(identity), ticket, selectedCallId },
    // Of one that is prepared nobody may know yet. Where the phone system does, the next page hears of it there.
    calls: going
      .filter(({ state }) => state !== 'preparing')
      .map(({ id, direction, remote, startedAt, answeredAt, muted, ignored }) => ({
        ...{ id, direction, remote, startedAt, answeredAt, muted, ignored },
      })),
  };
  keep(ticket, keepsake);
  return () => keep(ticket);
}

/** Who is signed in, as the next page can find it out. */
export function nameOf({ kind, number }: Pick<Identity, 'kind' | 'number'>): string {
  return kind === 'extension' ? `extension ${number}` : kind;
}
