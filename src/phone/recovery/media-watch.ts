import type { PhoneCall } from '../state.js';
import { MediaCare } from './media-care.js';
import { renewMedia, restartMedia, type RemedyParts } from './remedies.js';

/** How long nothing may arrive in a call before its paths are taken for dead, when there is reason to doubt them. */
const SILENCE_MS = 600;
/**
 * Who sent nothing for so long, in milliseconds, while the network was well, is one who sends nothing, not one who is not
 * reached any more. Whether the path to such a one still stands, the browser finds out (RFC 7675).
 */
const QUIET_MS = 1000;

/** Looks after the media of all calls. */
export class MediaWatch {
  readonly #parts: RemedyParts;
  readonly #cares = new Map<string, MediaCare>();
  #connected: boolean;
  /**
   * When something came from the phone system last before the signalling broke: until then the network was well. When the
   * break was noticed tells nothing, since that may be long after.
   */
  #wellUntil = 0;

  /** @param connected Whether there was signalling all the time: then there is no reason yet to doubt any media. */
  constructor(parts: RemedyParts, connected = false) {
    this.#parts = parts;
    this.#connected = connected;
    if (!connected) this.#broke();
  }

  /** Takes what the state says. */
  follow(calls: readonly PhoneCall[], connected: boolean): void {
    const live = calls.filter(({ state }) => state !== 'ended' && state !== 'preparing');
    for (const call of live) {
      if (this.#parts.desk.lines.has(call.id)) this.#care(call.id).follow(call.media, connected);
      else if (connected && shouldBeHeard(call)) this.#care(call.id).renew();
    }
    for (const [id, care] of this.#cares) {
      if (live.some((call) => call.id === id)) continue;
      care.stop();
      this.#cares.delete(id);
    }
    // It may be back by another network.
    const back = connected && !this.#connected;
    if (this.#connected && !connected) this.#broke();
    this.#connected = connected;
    if (!back) return;
    if (this.#parts.port()?.restarted) this.#renew();
    else this.doubt(this.#wellUntil);
  }

  /**
   * Whether the media still arrive is found out now, which is sooner than the browser says. `wellUntil`: when the network was
   * well for certain, if that is known (`Date.now()`).
   */
  doubt(wellUntil = 0): void {
    for (const [id, care] of this.#cares) {
      // Where this side holds the other nothing needs to arrive.
      if (!this.#parts.desk.call(id)?.heldLocally) void this.#listen(id, care, wellUntil);
    }
  }

  #broke(): void {
    this.#wellUntil = this.#parts.port()?.heardAt ?? 0;
  }

  /** The other end of all media is gone for good. */
  #renew(): void {
    for (const care of this.#cares.values()) care.renew();
  }

  stop(): void {
    for (const care of this.#cares.values()) care.stop();
    this.#cares.clear();
  }

  #care(id: string): MediaCare {
    let care = this.#cares.get(id);
    if (!care) {
      care = new MediaCare(
        {
          restart: () => restartMedia(this.#parts, id),
          renew: () => renewMedia(this.#parts, id),
          giveUp: () => this.#parts.desk.drop(id, 'no-media-path'),
        },
        this.#connected,
      );
      this.#cares.set(id, care);
    }
    return care;
  }

  async #listen(id: string, care: MediaCare, wellUntil: number): Promise<void> {
    const { desk } = this.#parts;
    const media = desk.lines.get(id)?.media;
    if (!media || desk.call(id)?.media !== 'connected') return;
    try {
      const before = arrivals(await media.getStats());
      if (before.lastAt < wellUntil - QUIET_MS) return;
      await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
      const silent = arrivals(await media.getStats()).count === before.count;
      if (silent && desk.lines.get(id)?.media === media) care.suspect();
    } catch {
      // Media that closed meanwhile need no care.
    }
  }
}

/** Whether a call has media as soon as the phone system knows of it; one that rings here has them from its answer on. */
function shouldBeHeard({ direction, state, pending }: PhoneCall): boolean {
  return pending !== 'hang-up' && (direction === 'outgoing' || state === 'active');
}

/** How many packets have arrived, and when the last did (W3C "Identifiers for WebRTC's Statistics API"). */
function arrivals(stats: RTCStatsReport): { count: number; lastAt: number } {
  let [count, lastAt] = [0, -Infinity];
  for (const { type, packetsReceived, lastPacketReceivedTimestamp } of stats.values() as Iterable<{
    type: string;
    packetsReceived?: number;
    lastPacketReceivedTimestamp?: number;
  }>) {
    if (type !== 'inbound-rtp' || !packetsReceived) continue;
    count += packetsReceived;
    // Where a browser does not tell, it may have been now.
    lastAt = Math.max(lastAt, lastPacketReceivedTimestamp ?? Infinity);
  }
  return { count, lastAt };
}
