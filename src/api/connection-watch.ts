import type { ConnectionState as LinkState } from '../phone/index.js';
import type { ConnectionState } from './enums.js';
import { Topic } from './topic.js';

/** What `onConnectionStateChanged` gets. */
export interface ConnectionInfo {
  readonly State: ConnectionState;
  /** Why, when it is not well: for example `unauthorized`, `unreachable`, `lost`; otherwise empty. */
  readonly Reason: string;
}

/** How the connection stands, in the four words of the API. */
export class ConnectionWatch {
  readonly changed = new Topic<[info: ConnectionInfo]>(() => (this.#told ? [[this.#told]] : []));
  /** What pages were told last, once they all were. */
  #told: ConnectionInfo | null = null;
  #last: ConnectionState | null = null;
  /** A connection is being made, and nothing has become of it yet. */
  #awaited = false;

  /** The page asks for a connection: whatever becomes of it is news. */
  begin(): void {
    if (this.#last !== 'ACCESS_GRANTED') this.#last = null;
  }

  /** Takes what the phone says, but for `connected`: there is more to do before access is granted. */
  follow({ status, problem }: LinkState): void {
    const reason = problem ?? '';
    if (status === 'failed') this.enter('CONNECTION_FAILED', reason);
    if (status === 'reconnecting') this.enter('CONNECTION_CLOSED', reason);
    if (status === 'refused') {
      this.enter(problem === 'unauthorized' ? 'ACCESS_DENIED' : 'CONNECTION_CLOSED', reason);
    }
    if (status === 'connecting' && this.#last === 'ACCESS_GRANTED') this.enter('CONNECTION_CLOSED', reason);
    if (status === 'signed-out' && (this.#awaited || this.#last === 'ACCESS_GRANTED')) {
      this.enter('CONNECTION_CLOSED', reason);
    }
    this.#awaited = status === 'connecting';
  }

  enter(state: ConnectionState, reason: string): void {
    if (state !== this.#last) this.tell(state, reason);
  }

  /** Tells the page even when it knows. */
  tell(state: ConnectionState, reason: string): void {
    this.#last = state;
    this.#told = null;
    const info = Object.freeze({ State: state, Reason: reason });
    this.changed.raise(info);
    // A handler that registers while it is being told hears of what comes.
    if (this.#last === state) this.#told ??= info;
  }
}
