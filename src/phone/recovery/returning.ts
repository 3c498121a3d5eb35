/** A page that goes leaves its calls for the next one in the same tab, which takes them up. */
import { claim, leave, settle, type Keepsake } from '../../page/keepsake.js';
import type { SignalingPort, Welcome } from '../../signaling/port.js';
import type { CallDesk } from '../call-desk.js';
import { preparedCall } from '../calls.js';
import type { ConnectOptions } from '../handle.js';
import type { Identity, PhoneCall, PhoneState } from '../state.js';

/** Leaves the calls there are, and returns the way to take them back; null when there is none that could go on. */
export function leaveCalls(state: PhoneState, ticket: string | null): (() => void) | null {
  const { calls, connection, identity, selectedCallId } = state;
  const going = calls.filter(({ state }) => state !== 'ended' && state !== 'preparing');
  if (!going.length || !ticket || !identity) return null;
  const keepsake: Keepsake = {
    ...{ server: connection.server, as: nameOf(identity), ticket, selectedCallId },
    calls: going.map(({ id, direction, remote, startedAt, answeredAt, muted, ignored }) => ({
      ...{ id, direction, remote, startedAt, answeredAt, muted, ignored },
    })),
  };
  leave(keepsake);
  return () => settle(keepsake);
}

/** The calls that were left, for the page that takes them up. */
export class Returning {
  readonly #kept: Keepsake;

  private constructor(kept: Keepsake) {
    this.#kept = kept;
  }

  /** What was left in this tab by whoever signed in there and then as this one does now; null when nothing was. */
  static claim({ server, signIn }: ConnectOptions): Returning | null {
    const kept = claim(({ server: there, as }) => {
      if (there !== server) return false;
      if ('resume' in signIn) return true;
      // A token may be another one each time.
      return 'extension' in signIn
        ? as === nameOf({ kind: 'extension', number: signIn.extension })
        : !as.startsWith('extension ');
    });
    return kept && new Returning(kept);
  }

  get ticket(): string {
    return this.#kept.ticket;
  }

  /** What the page before knew of a call. */
  known(callId: string): Pick<PhoneCall, 'muted' | 'ignored'> | undefined {
    return this.#kept.calls.find(({ id }) => id === callId);
  }

  /** The phone system kept them: they are this page's from now on. */
  done(welcome: Welcome, desk: CallDesk, port: SignalingPort | null): void {
    settle(this.#kept);
    if (this.#kept.selectedCallId) desk.select(this.#kept.selectedCallId);
    for (const { id, kind } of welcome.calls) {
      // Whoever listened is gone; and no camera is on.
      const told = kind === 'listening' ? port?.hangUp(id) : port?.sendingVideo(id, false);
      told?.catch(() => {});
    }
  }

  /** They are not wanted any more. */
  forget(): void {
    settle(this.#kept);
  }

  /** The phone system did not keep them: they are shown as over. */
  expired(desk: CallDesk): void {
    settle(this.#kept);
    for (const { id, direction, remote, startedAt, answeredAt } of this.#kept.calls) {
      const call: PhoneCall = {
        ...preparedCall(id, direction, remote.number, startedAt),
        remote,
        answeredAt,
      };
      desk.put(call, true);
      desk.end(id, 'expired');
    }
  }
}

function nameOf({ kind, number }: Pick<Identity, 'kind' | 'number'>): string {
  return kind === 'extension' ? `extension ${number}` : kind;
}
