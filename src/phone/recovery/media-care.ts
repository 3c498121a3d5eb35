import type { MediaState } from '../state.js';
import {
  BROKEN_MS,
  nextMediaState,
  STATE_MS,
  type MediaCareEvent,
  type MediaCareState,
} from './media-states.js';

/** What is done about broken media. What cannot be done rejects, and is tried otherwise. */
export interface MediaRemedies {
  /** Looks for new paths. */
  restart(): Promise<void>;
  /** Takes new media in their place. */
  renew(): Promise<void>;
  /** Nothing helped. */
  giveUp(): void;
}

/** Looks after the media of one call: brings them back when they break, while there is signalling to do it with. */
export class MediaCare {
  readonly #remedies: MediaRemedies;
  #state: MediaCareState = 'well';
  #reachable: boolean;
  #brokenAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(remedies: MediaRemedies, reachable: boolean) {
    this.#remedies = remedies;
    this.#reachable = reachable;
  }

  /** What the browser says, and whether there is signalling. */
  follow(media: MediaState, reachable: boolean): void {
    if (media === 'connected') this.#step('up');
    if (media === 'interrupted') this.#step('broke');
    if (!reachable) this.#step('away');
    // Time without signalling does not count.
    else if (!this.#reachable) this.#brokenAt = Date.now();
    this.#reachable = reachable;
    if (reachable) this.#step('back');
  }

  /** Nothing arrives, and the network is another one: looks for new paths at once. */
  suspect(): void {
    if (this.#reachable) this.#step('suspect');
  }

  /** The other end is gone for good: new media take their place, without looking for paths to it first. */
  renew(): void {
    this.#step('gone');
  }

  /** A remedy that is under way, and fails, is followed by no other. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#state = 'lost';
  }

  #step(event: MediaCareEvent): void {
    const next = nextMediaState(this.#state, event);
    if (!next) return;
    if (this.#state === 'well') this.#brokenAt = Date.now();
    this.#state = next;
    clearTimeout(this.#timer);
    const ms = STATE_MS[next];
    if (ms !== undefined) this.#timer = setTimeout(() => this.#due(), ms);
    if (next === 'restarting' || next === 'suspected') this.#try(() => this.#remedies.restart());
    if (next === 'renewing') this.#try(() => this.#remedies.renew());
    if (next === 'lost') this.#remedies.giveUp();
  }

  #due(): void {
    this.#step(Date.now() - this.#brokenAt >= BROKEN_MS ? 'expired' : 'due');
  }

  /** What fails is over before its time. */
  #try(remedy: () => Promise<void>): void {
    const state = this.#state;
    remedy().catch(() => {
      if (this.#state !== state) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#due(), FAILED_MS);
    });
  }
}

/** How long after a remedy that could not even be tried the next one is, in milliseconds. */
const FAILED_MS = 500;
