/** What a call is given when its media breaks: time for the phone to come back with a new offer. */
import { finish, leave } from './ending.js';
import type { Leg } from './leg.js';
import type { Switchboard } from './switchboard.js';

/** How long a party that was heard may be without media, in milliseconds, while its phone is there. */
export const MEDIA_GRACE_MS = 30_000;

/** Media can flow, for the first time or again. */
export function mediaConnected(leg: Leg): void {
  leg.wasConnected = true;
  leg.stopMediaTimer?.();
  leg.stopMediaTimer = null;
}

/** The phone of broken media is back with a new offer: it has all its time anew. */
export function mediaOffered(board: Switchboard, leg: Leg): void {
  if (leg.stopMediaTimer) wait(board, leg, false);
}

/**
 * Media cannot flow. A party that was heard before, or whose phone has lost its socket, may come back with a new
 * offer; for any other there is no way.
 */
export function mediaFailed(board: Switchboard, leg: Leg): void {
  if (leg.state === 'ended') return;
  const away = leg.contact.away ?? false;
  if (leg.wasConnected || away) wait(board, leg, away);
  else end(board, leg);
}

/** A phone that is back, or that was at the last look, has all its time from then on. */
function wait(board: Switchboard, leg: Leg, wasAway: boolean): void {
  leg.stopMediaTimer?.();
  leg.stopMediaTimer = board.clock.setTimeout(() => {
    const away = leg.contact.away ?? false;
    if (away || wasAway) wait(board, leg, away);
    else board.happen(() => end(board, leg));
  }, MEDIA_GRACE_MS);
}

function end(board: Switchboard, leg: Leg): void {
  const { session } = leg;
  if (!session) board.endLeg(leg, 'media-failed');
  else if (session.ringing.has(leg)) leave(board, leg, 'media-failed');
  else finish(board, session, 'fail', () => 'media-failed');
}
