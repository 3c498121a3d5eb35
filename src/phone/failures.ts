import { MediaError } from '../media/media-error.js';
import { SignalingError } from '../signaling/port.js';
import { PhoneError } from './handle.js';
import type { CallEndReason, ProblemCode } from './state.js';
import type { Store } from './store.js';

/** Problems that are also the reason a call that was just begun ended with. */
const END_REASONS = [
  'not-found',
  'forbidden',
  'media-failed',
  'microphone-refused',
  'microphone-absent',
  'insecure-context',
] as const satisfies (CallEndReason & ProblemCode)[];

/** Why a call that was just begun is over after this failure. */
export function endReason({ code }: PhoneError): CallEndReason {
  return code === 'lost' ? 'connection-lost' : (END_REASONS.find((reason) => reason === code) ?? 'error');
}

/** Turns whatever went wrong into the one error commands reject with, and tells it in the state once. */
export class Failures {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  problem(code: ProblemCode, callId: string | null, message: string = code): PhoneError {
    this.#store.report(code, callId);
    return new PhoneError(code, message);
  }

  /** A call that is over has its own reason: its commands fail, and nothing more is told. */
  of(error: unknown, callId: string | null): PhoneError {
    if (error instanceof PhoneError) return error;
    let code: ProblemCode = 'internal';
    if (error instanceof MediaError) code = error.code;
    if (error instanceof SignalingError) code = error.reason === 'down' ? 'lost' : error.reason;
    const message = error instanceof Error ? error.message : String(error);
    const over = this.#store.state.calls.some(({ id, state }) => id === callId && state === 'ended');
    return over ? new PhoneError(code, message) : this.problem(code, callId, message);
  }
}
