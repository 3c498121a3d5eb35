/**
 * Counts the rollovers of SRTP sequence numbers as RFC 3711, 3.3.1 says. werift counts one only when the packets
 * right around it arrive: an interruption of two seconds at the wrong moment would leave the party deaf for good.
 */
import { distance16 } from '../stream/rtp-stream.js';

export interface RolloverState {
  rolloverHasProcessed?: boolean;
  rolloverCounter: number;
  lastSequenceNumber: number;
}

/** Takes a packet's sequence number into the state: `rolloverCounter` is then the one the packet belongs to. */
export function countRollover(sequence: number, state: RolloverState): void {
  if (!state.rolloverHasProcessed) {
    state.rolloverHasProcessed = true;
    state.lastSequenceNumber = sequence;
    return;
  }
  const forward = distance16(state.lastSequenceNumber, sequence) > 0;
  const wrapped = forward ? sequence < state.lastSequenceNumber : sequence > state.lastSequenceNumber;
  if (wrapped && !forward && state.rolloverCounter === 0) return;
  if (wrapped) state.rolloverCounter += forward ? 1 : -1;
  state.lastSequenceNumber = sequence;
}
