import type { PhoneHandle } from '../../../phone/handle.js';
import type { PhoneCall } from '../../../phone/state.js';

/** A call that concerns the page now, and the phone it is on. */
export interface LiveCall {
  readonly phone: PhoneHandle;
  readonly call: PhoneCall;
  /** The controls of its phone act on it. */
  readonly selected: boolean;
}

/** Whether it waits to be taken here. */
export function rings({ call }: LiveCall): boolean {
  return call.direction === 'incoming' && call.state === 'ringing';
}

/** The calls of a phone that are not over, without those the person ignores. */
export function liveCalls(phone: PhoneHandle): LiveCall[] {
  const { calls, selectedCallId } = phone.getState();
  return calls
    .filter(({ state, ignored }) => state !== 'ended' && !(state === 'ringing' && ignored))
    .map((call) => ({ phone, call, selected: call.id === selectedCallId }));
}

/** The call that keys and system controls act on: the selected one of a phone, else one that rings. */
export function actedOn(live: readonly LiveCall[]): LiveCall | undefined {
  return live.find((one) => one.selected && !rings(one)) ?? live.find(rings) ?? live[0];
}
