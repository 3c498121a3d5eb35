import type { Session } from '../../phone/state.js';
import type { IconName } from '../shared/icons.js';

/** How a session's state looks: colour and icon. Its word is in the texts. */
interface Look {
  readonly tone: 'quiet' | 'accent' | 'positive' | 'negative' | 'warning';
  readonly icon: IconName;
}

const setUp: Look = { tone: 'quiet', icon: 'forward' };
const held: Look = { tone: 'accent', icon: 'pause' };
const moving: Look = { tone: 'accent', icon: 'transfer' };
const over: Look = { tone: 'quiet', icon: 'end' };
const failed: Look = { tone: 'negative', icon: 'close' };

/** Every state a session can be in. */
export const LOOKS: Record<Session['state'], Look> = {
  Created: setUp,
  Setup: setUp,
  TransferSetup: moving,
  Ringing: { tone: 'warning', icon: 'bell' },
  InCall: { tone: 'positive', icon: 'phone' },
  CalleeOnHold: held,
  CallerOnHold: held,
  OnHold: held,
  OnHoldInactive: held,
  TransferRequested: moving,
  Transferring: moving,
  TransferCompleted: moving,
  TransferFailed: failed,
  CallerHungUp: over,
  CalleeHungUp: over,
  Redirected: over,
  NotFound: failed,
  Busy: failed,
  Cancelled: over,
  NotAnswered: failed,
  Error: failed,
  Aborted: failed,
};
