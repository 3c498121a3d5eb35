/** What becomes of what the media of a leg reports. */
import type { LegObserver } from '../media/engine.js';
import type { Leg } from './leg.js';
import { mediaConnected, mediaFailed } from './media-grace.js';
import type { Switchboard } from './switchboard.js';

/** A digit a party pressed in a call. */
export interface DigitPress {
  readonly sessionId: string;
  /** The leg of whoever pressed it. */
  readonly legId: string;
  /** The leg of the other party; null before the answer. */
  readonly heardBy: string | null;
  readonly digit: string;
}

export function mediaReports(
  board: Switchboard,
  leg: Leg,
  pressed: (press: DigitPress) => void,
): LegObserver {
  return {
    connected: () => {
      board.log.debug({ legId: leg.id }, 'media connected');
      mediaConnected(leg);
    },
    failed: (message) => {
      board.log.warn({ legId: leg.id, problem: message }, 'the media of a call failed');
      board.happen(() => mediaFailed(board, leg));
    },
    digit: (digit) => {
      const { session } = leg;
      if (!session) return;
      const heardBy = session.peerOf(leg)?.id ?? null;
      pressed({ sessionId: session.id, legId: leg.id, heardBy, digit });
    },
  };
}
