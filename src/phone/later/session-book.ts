/** The sessions of a busy phone system, when there are many. */
import type { SignalingEvent } from '../../signaling/port.js';
import { MANY_SESSIONS } from '../hear.js';
import type { Session } from '../state.js';
import { freeze, type Store } from '../store.js';

/** About as long as one picture stands on a screen, in milliseconds. */
const PICTURE_MS = 16;

/**
 * Gathers the changes of a long list of sessions and tells them together, once for each picture on the screen: a new
 * list for each of a thousand changes a second would be most of the work there is.
 */
export class SessionBook {
  #sessions = new Map<string, Session>();
  /** The list that the sessions were taken from, or made into last. */
  #list: readonly Session[] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  hear({ session, closed }: Extract<SignalingEvent, { type: 'session' }>): void {
    const { sessions } = this.#store.state;
    // Another list came, as with a new sign-in: what was gathered is outdated.
    if (sessions !== this.#list) this.#sessions = new Map(sessions.map((one) => [one.id, one]));
    this.#list = sessions;
    if (closed) this.#sessions.delete(session.id);
    else this.#sessions.set(session.id, freeze(session));
    this.#timer ??= setTimeout(() => this.tell(), PICTURE_MS);
    if (this.#sessions.size < MANY_SESSIONS) this.tell();
  }

  /** Tells what was not told yet. */
  tell(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#store.state.sessions !== this.#list) return;
    // Frozen here, as what is in it is known to be: the store need not look at each.
    this.#list = Object.freeze([...this.#sessions.values()]);
    this.#store.set({ sessions: this.#list });
  }
}
