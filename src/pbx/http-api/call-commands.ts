/**
 * What the commands that act on calls need of the phone system: one method for each, with the values of its
 * parameters, under the names that OzML has them by. `callId` is a session's id, as "ListActiveCalls" gives it.
 */

import type { CallState, Side } from '../scripts/index.js';

/** A call that goes on. Durations are in milliseconds. */
export interface ActiveCall {
  readonly callId: string;
  readonly callState: CallState;
  readonly source: string;
  readonly callerId: string;
  readonly destination: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly ringMs: number;
  readonly talkMs: number;
}

/** Every method rejects with a `Failure` of the scripts for what can be foreseen. */
export interface CallCommands {
  /**
   * Calls a number in the name of an API extension, and resolves when the far end rings or answers. When it answers,
   * "CallConnected" is posted to `url`; an empty one hangs up.
   */
  call(call: {
    readonly apiExtension: string;
    readonly dialed: string;
    readonly callerId: string;
    readonly callerDisplayName: string;
    readonly url: string;
    readonly errorUrl: string | undefined;
  }): Promise<{ callId: string }>;
  /** Rings `caller` and, when it answers, `callee`; resolves with the call's id when the first one rings. */
  setupCall(call: {
    readonly caller: string;
    readonly callee: string;
    readonly errorUrl: string | undefined;
  }): Promise<{ callId: string }>;
  attendedTransfer(transfer: {
    readonly transferredCallId: string;
    readonly targetCallId: string;
  }): Promise<void>;
  blindTransfer(transfer: {
    readonly callId: string;
    readonly transferorParty: Side;
    readonly target: string;
  }): Promise<void>;
  /** Only while it rings. */
  forward(call: { readonly callId: string; readonly destination: string }): Promise<void>;
  hangup(call: { readonly callId: string }): Promise<void>;
  hold(call: { readonly callId: string }): Promise<void>;
  unhold(call: { readonly callId: string }): Promise<void>;
  play(sound: {
    readonly callId: string;
    readonly party: Side | 'all';
    readonly audioFile: string;
    readonly repeat: boolean;
  }): Promise<void>;
  /** Begins a recording; resolves when it runs. */
  record(recording: {
    readonly callId: string;
    readonly format: 'mp3' | 'wav' | 'ogg';
    readonly finishedUrl: string | undefined;
  }): Promise<void>;
  sendDtmf(digits: {
    readonly callId: string;
    readonly party: Side | 'all';
    readonly keys: string;
  }): Promise<void>;
  speak(speech: {
    readonly callId: string;
    readonly party: Side | 'all';
    readonly text: string;
    readonly language: string | undefined;
  }): Promise<void>;
  activeCalls(): readonly ActiveCall[];
}
