import type { CallEndReason, PhoneCall } from '../phone/index.js';
import type { CallState } from './enums.js';

/** Ends that have a state of their own; every other end is `COMPLETED`. */
const ENDS: Partial<Record<CallEndReason, CallState>> = {
  'not-found': 'NOT_FOUND',
  unavailable: 'NOT_FOUND',
  rejected: 'REJECTED',
  forbidden: 'REJECTED',
  busy: 'BUSY',
  // "Busy" is also said of a call whose ringing exceeded its limit (page 4587).
  'no-answer': 'BUSY',
};

/** The state of a call as pages see it; empty while it does not ring yet. */
export function callState(call: PhoneCall): CallState | '' {
  switch (call.state) {
    case 'preparing':
    case 'dialing':
      return '';
    case 'ringing':
      return 'RINGING';
    case 'active':
      return call.heldLocally || call.heldRemotely ? 'HOLD' : 'IN_CALL';
    case 'ended':
      return (call.endReason && ENDS[call.endReason]) ?? 'COMPLETED';
  }
}
