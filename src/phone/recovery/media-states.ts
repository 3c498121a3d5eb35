/** How the media of one call are looked after. */

/**
 * `well`; `suspected`: nothing arrives since the network changed, so new paths are looked for (ICE restart), though
 * the other side may just be silent; `doubtful`: they broke, and may come back by themselves; `restarting`: they did
 * not, so new paths are looked for; `renewing`: new media take their place; `stranded`: nothing can be done while
 * the signalling is not there; `lost`: nothing helped.
 */
export type MediaCareState =
  'well' | 'suspected' | 'doubtful' | 'restarting' | 'renewing' | 'stranded' | 'lost';

/**
 * `up`, `broke`: what the browser says; `suspect`: nothing arrives; `due`: the time for what was tried is up;
 * `expired`: so is the time for all of it; `away`, `back`: the signalling; `gone`: the other end is gone for good, or
 * was never there for this page.
 */
export type MediaCareEvent = 'up' | 'broke' | 'suspect' | 'due' | 'expired' | 'away' | 'back' | 'gone';

/** Which state follows; an event a state does not name changes nothing. */
const NEXT: Record<MediaCareState, Partial<Record<MediaCareEvent, MediaCareState>>> = {
  well: { broke: 'doubtful', suspect: 'suspected', gone: 'renewing' },
  suspected: { broke: 'restarting', due: 'well', expired: 'well', away: 'well', gone: 'renewing' },
  doubtful: { up: 'well', due: 'restarting', expired: 'restarting', away: 'stranded', gone: 'renewing' },
  restarting: { up: 'well', due: 'renewing', expired: 'lost', away: 'stranded', gone: 'renewing' },
  renewing: { up: 'well', due: 'renewing', expired: 'lost', away: 'stranded' },
  // One path is never looked for while the other is not there.
  stranded: { up: 'well', back: 'restarting', gone: 'renewing' },
  lost: {},
};

/** The state after an event; null when the event means nothing now. */
export function nextMediaState(state: MediaCareState, event: MediaCareEvent): MediaCareState | null {
  return NEXT[state][event] ?? null;
}

/** How long a state may last, in milliseconds; what is not here may last for ever. */
export const STATE_MS: Partial<Record<MediaCareState, number>> = {
  suspected: 4000,
  doubtful: 1000,
  restarting: 4000,
  renewing: 8000,
};

/** How long media may be broken while the signalling is there, in milliseconds. */
export const BROKEN_MS = 25_000;
