import type { ReactiveControllerHost } from 'lit';
import type { PhoneHandle } from '../../phone/handle.js';
import type { PhoneCall, PhoneState, ProblemCode } from '../../phone/state.js';
import { talkTime } from '../common/format.js';
import type { Say } from '../text/texts.js';

/** What the parts of the card are drawn from. */
export interface CallView {
  readonly host: ReactiveControllerHost & HTMLElement;
  readonly phone: PhoneHandle;
  readonly state: PhoneState;
  /** The call that is shown. */
  readonly call: PhoneCall;
  readonly text: Say;
  /** The language's code, for `Intl`. */
  readonly language: string;
  /** A problem in words; empty until they are loaded, `otherwise` when they cannot be. */
  readonly problem: (code: ProblemCode, otherwise?: string) => string;
}

/** The name of the other party, or its number, or words for neither. */
export function who(call: PhoneCall, text: Say): string {
  return call.remote.name || call.remote.number || text('unknownCaller');
}

/** The number that stands below the name of the other party; empty where it is the name. */
export function numberOf({ remote }: PhoneCall): string {
  return remote.name && remote.number;
}

/** Whether a call is at this phone to be taken. */
export function isIncoming(call: PhoneCall): boolean {
  return call.direction === 'incoming' && call.state === 'ringing';
}

/** The state of a call in words; empty for one in which people are talking. */
export function stateWords(call: PhoneCall, text: Say): string {
  if (call.state === 'preparing') return text('preparing');
  if (call.state === 'dialing') return text('calling');
  if (call.state === 'ringing') return text(isIncoming(call) ? 'incomingCall' : 'callRinging');
  if (call.state === 'ended') return text('callEnded');
  if (call.heldLocally) return text('onHold');
  if (call.heldRemotely) return text('heldByOther');
  return call.media === 'connecting' ? text('mediaConnecting') : '';
}

/** What the head line says of a call. */
export function headWord(call: PhoneCall): 'inCall' | 'callEnded' | 'incomingCall' | 'outgoingCall' {
  if (call.state === 'active') return 'inCall';
  if (call.state === 'ended') return 'callEnded';
  return isIncoming(call) ? 'incomingCall' : 'outgoingCall';
}

/** The class of the dot that goes with a state. */
export function stateDot(call: PhoneCall): string {
  if (call.state === 'ended') return 'offline';
  if (call.state !== 'active') return 'ringing';
  return call.heldLocally || call.heldRemotely ? 'held' : '';
}

/** The timer of a call: how long it rings, or how long people have talked; empty before there is one. */
export function timer(call: PhoneCall, text: Say): string {
  if (isIncoming(call)) return text('duration', Date.now() - call.startedAt);
  return call.answeredAt === null ? '' : text('duration', talkTime(call.talk, Date.now()));
}
