/** Calls as the phone shows them, made from what the phone system says. Pure functions. */
import type { Call } from '../signaling/port.js';
import type { CallEndReason, PhoneCall } from './state.js';

const LOCAL = {
  endedAt: null,
  endReason: null,
  media: 'idle',
  muted: false,
  ignored: false,
  camera: 'off',
  quality: null,
  qualityLog: [],
  qualityWarnings: [],
  pending: null,
} as const;

/** A call this phone is about to make; nothing was sent yet. */
export function preparedCall(
  id: string,
  direction: PhoneCall['direction'],
  number: string,
  now: number,
): PhoneCall {
  return {
    ...LOCAL,
    id,
    sessionId: '',
    kind: 'call',
    direction,
    state: 'preparing',
    heldLocally: false,
    heldRemotely: false,
    remote: { number, name: '' },
    line: '',
    video: false,
    startedAt: now,
    answeredAt: null,
    talk: { ms: 0, since: null },
    transfer: null,
    conference: null,
    remoteVideo: false,
  };
}

/**
 * What the phone system says about a call, beside what only this device knows of it.
 *
 * @param before What was known of the call.
 * @param kept What the page before knew of it.
 * @param clockOffset What to take from the phone system's times to get this device's.
 */
export function mergeCall(
  before: PhoneCall | undefined,
  call: Call,
  clockOffset: number,
  kept?: Partial<PhoneCall>,
): PhoneCall {
  const { endReason, transfer, ...rest } = call;
  const local = (time: number | null) => (time === null ? null : time - clockOffset);
  const merged: PhoneCall = {
    ...LOCAL,
    ...kept,
    ...before,
    ...rest,
    startedAt: call.startedAt - clockOffset,
    answeredAt: local(call.answeredAt),
    talk: { ms: call.talk.ms, since: local(call.talk.since) },
    transfer: transfer && {
      to: transfer.to,
      state: transfer.state,
      ...(transfer.reason && { reason: transfer.reason }),
    },
  };
  return call.state === 'ended' ? endedCall(merged, endReason ?? 'error', Date.now()) : merged;
}

/** A call that is over; a reason given before stays. */
export function endedCall(call: PhoneCall, reason: CallEndReason, now: number): PhoneCall {
  const { ms, since } = call.talk;
  return {
    ...call,
    state: 'ended',
    endedAt: call.endedAt ?? now,
    endReason: call.endReason ?? reason,
    talk: { ms: since === null ? ms : ms + Math.max(0, now - since), since: null },
    media: 'idle',
    camera: 'off',
    remoteVideo: false,
    transfer: null,
    pending: null,
  };
}
