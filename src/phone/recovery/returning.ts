/** Takes up the calls that the page before left in this tab (leaving.ts). */
import { claim, type Keepsake } from '../../page/keepsake.js';
import { keep } from '../../page/kept.js';
import type { SignalingError, SignalingPort, Welcome } from '../../signaling/port.js';
import type { CallDesk } from '../call-desk.js';
import { preparedCall } from '../calls.js';
import type { ConnectOptions } from '../handle.js';
import type { PhoneCall } from '../state.js';
import { nameOf } from './leaving.js';
import type { Succession } from '../succession.js';

/** A phone system that fails so may still keep the calls. */
const PASSING: readonly SignalingError['reason'][] = ['down', 'timeout', 'rate-limited'];

/** Whether a failure says that the phone system keeps nothing. */
export function isOver(error: SignalingError | null): boolean {
  return !!error && !PASSING.includes(error.reason);
}

/** Tells the phone system what is other than it was on the page before. */
export function settleIn(welcome: Welcome, port: SignalingPort | null): void {
  for (const { id, kind } of welcome.calls) {
    // Whoever listened is gone; and no camera is on.
    const act =
      kind === 'listening' ? ({ type: 'hangup' } as const) : { type: 'video' as const, sending: false };
    port?.act(id, act).catch(() => {});
  }
}

/** The calls that were left, for the page that takes them up. */
export class Returning implements Succession {
  readonly #kept: Keepsake;
  readonly #desk: CallDesk;

  private constructor(kept: Keepsake, desk: CallDesk) {
    this.#kept = kept;
    this.#desk = desk;
  }

  /** What was left in this tab by whoever signed in there and then as this one does now; null when nothing was. */
  static claim({ server, signIn }: ConnectOptions, desk: CallDesk): Returning | null {
    const kept = claim(({ server: there, as }) => {
      if (there !== server) return false;
      if ('resume' in signIn) return true;
      // A token may be another one each time.
      return 'extension' in signIn
        ? as === nameOf({ kind: 'extension', number: signIn.extension })
        : !as.startsWith('extension ');
    });
    return kept && new Returning(kept, desk);
  }

  get ticket(): string {
    return this.#kept.ticket;
  }

  get extension(): string | undefined {
    const [kind, number] = this.#kept.as.split(' ');
    return kind === 'extension' ? number : undefined;
  }

  /** What the page before knew of a call. */
  known(callId: string): Pick<PhoneCall, 'muted' | 'ignored'> | undefined {
    return this.#kept.calls.find(({ id }) => id === callId);
  }

  /** The phone system kept them: they are this page's from now on. */
  done(welcome: Welcome, port: SignalingPort | null): void {
    keep(this.#kept.ticket);
    if (this.#kept.selectedCallId) this.#desk.select(this.#kept.selectedCallId);
    settleIn(welcome, port);
  }

  /** They are not wanted any more. */
  forget(): void {
    keep(this.#kept.ticket);
  }

  /** Whether this failure says that the phone system did not keep them; then they are shown as over. */
  expired(error: SignalingError | null): boolean {
    if (!isOver(error)) return false;
    keep(this.#kept.ticket);
    for (const { id, direction, remote, startedAt, answeredAt } of this.#kept.calls) {
      const call: PhoneCall = {
        ...preparedCall(id, direction, remote.number, startedAt),
        remote,
        answeredAt,
      };
      this.#desk.put(call, true);
      this.#desk.end(id, 'expired');
    }
    return true;
  }
}
