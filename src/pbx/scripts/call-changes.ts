/** Tells the web site each state a call comes to ("CallChanged"). */
import type { CallInfo } from '../exchange/index.js';
import { callChanged } from '../notifications/index.js';
import { CALL_STATES } from './call-states.js';
import type { CallState } from './call-states.js';
import type { ThirdPartyReply } from './third-party-reply.js';

export class CallChanges {
  /** The last state told, by call. */
  readonly #told = new Map<string, CallState>();

  constructor(
    /** Where to; null when nobody wants to know. */
    private readonly url: () => string | null,
    private readonly reply: ThirdPartyReply,
  ) {}

  changed(call: CallInfo): void {
    const { id, state } = call.session;
    const now = CALL_STATES[state];
    const before = this.#told.get(id);
    if (call.over) this.#told.delete(id);
    else if (now) this.#told.set(id, now);
    if (!now || now === before) return;
    // A call is answered once; it may be in a call again after a hold.
    const first = now === 'InCall' && (before === undefined || before === 'Ringing');
    for (const callState of first ? (['Answered', 'InCall'] as const) : [now]) this.#tell(call, callState);
  }

  #tell({ session, callerId }: CallInfo, callState: CallState): void {
    const url = this.url();
    if (url === null) return;
    const { id: callId, caller, callee } = session;
    this.reply.tell(
      { url, trusted: true },
      callChanged({ callState, callId, caller, callerId, callee }),
      callId,
    );
  }
}
