/**
 * Sends again what was lost, and answers again what came again: the timers of RFC 3261, 17, for UDP. The transactions
 * above believe that whatever is sent arrives, and once only.
 */
import type { Clock } from '../../clock.js';
import { peek } from './peek.js';
import type { Peeked } from './peek.js';
import type { Peer } from './wire.js';

/** T1: how long a message and its answer are under way, as a guess (RFC 3261, 17.1.1.1), in milliseconds. */
const T1 = 500;
const T2 = 4000;
/** After this long nobody sends anything again any more. */
const OVER_MS = 64 * T1;
/** How many transactions from outside are remembered; what comes beyond that is as if it was lost. */
const MAX_KEPT = 2000;

/** A message that is sent again and again until something says that it arrived. */
interface Repeated {
  readonly stop: () => void;
  /** Something has come, but not yet the end: from now on with long pauses. */
  readonly slow: () => void;
}

/** A request that came in, and the last that was answered. */
interface Taken {
  response: string | null;
  readonly from: Peer;
  repeated: Repeated | null;
}

export class Retransmission {
  readonly #asked = new Map<string, Repeated>();
  /** The ACK of each refused INVITE: the refusal comes again when it is lost. */
  readonly #acks = new Map<string, { readonly text: string; readonly to: Peer }>();
  readonly #taken = new Map<string, Taken>();
  readonly #stops = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly transmit: (text: string, to: Peer) => Promise<void>,
  ) {}

  /** Sends a message for the transactions above. `to` is for requests: responses go where the request came from. */
  send(text: string, to: Peer): Promise<void> {
    const message = peek(text);
    if (!message) return this.transmit(text, to);
    if (message.status !== 0) return this.#respond(message, text, to);
    const key = keyOf(message);
    if (message.method === 'ACK') {
      this.#acks.set(message.branch, { text, to });
      this.#after(OVER_MS, () => this.#acks.delete(message.branch));
    } else {
      this.#asked.get(key)?.stop();
      const repeated = this.#repeat(text, to, message.method === 'INVITE' ? Infinity : T2);
      this.#asked.set(key, repeated);
      this.#after(OVER_MS, () => {
        if (this.#asked.get(key) === repeated) this.#asked.delete(key);
      });
    }
    return this.transmit(text, to);
  }

  /** Takes note of a message that came in; false when it is dealt with, and the transactions need not see it. */
  receive(message: Peeked, from: Peer): boolean {
    return message.status !== 0 ? this.#answered(message) : this.#asks(message, from);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#stops.clear();
    this.#asked.clear();
    this.#acks.clear();
    this.#taken.clear();
  }

  #answered(message: Peeked): boolean {
    const key = keyOf(message);
    const asked = this.#asked.get(key);
    const invite = message.cseq === 'INVITE';
    if (message.status >= 200 || invite) {
      asked?.stop();
      this.#asked.delete(key);
    } else asked?.slow();
    const ack = message.status >= 300 && invite ? this.#acks.get(message.branch) : undefined;
    if (!ack) return true;
    this.transmit(ack.text, ack.to).catch(() => {});
    return false;
  }

  #asks(message: Peeked, from: Peer): boolean {
    if (message.method === 'ACK') {
      this.#taken.get(`${message.branch} INVITE`)?.repeated?.stop();
      return true;
    }
    const key = keyOf(message);
    const known = this.#taken.get(key);
    if (known) {
      if (known.response !== null) this.transmit(known.response, known.from).catch(() => {});
      return false;
    }
    if (this.#taken.size >= MAX_KEPT) return false;
    const taken: Taken = { response: null, from, repeated: null };
    this.#taken.set(key, taken);
    // What is of use is answered at once, if only with "Trying"; the place of anything else is free again.
    this.#after(OVER_MS, () => {
      if (taken.response === null) this.#taken.delete(key);
    });
    return true;
  }

  #respond(message: Peeked, text: string, to: Peer): Promise<void> {
    const key = keyOf(message);
    const taken = this.#taken.get(key);
    if (!taken) return this.transmit(text, to);
    const first =
      message.status >= 200 && (taken.response === null || taken.response.startsWith('SIP/2.0 1'));
    taken.response = text;
    if (first) {
      // A call that is taken is confirmed by an ACK of its own, which the dialog waits for.
      if (message.cseq === 'INVITE' && message.status >= 300) {
        taken.repeated = this.#repeat(text, taken.from, T2);
      }
      this.#after(OVER_MS, () => this.#taken.delete(key));
    }
    return this.transmit(text, taken.from);
  }

  /** Sends again after T1, twice that, and so on, at most every `longest` milliseconds. */
  #repeat(text: string, to: Peer, longest: number): Repeated {
    const until = this.clock.now() + OVER_MS;
    let pause = T1;
    let cancel = () => {};
    const next = () => {
      if (this.clock.now() + pause >= until) return;
      cancel = this.#after(pause, () => {
        this.transmit(text, to).catch(() => {});
        pause = Math.min(pause * 2, longest);
        next();
      });
    };
    next();
    return { stop: () => cancel(), slow: () => (pause = T2) };
  }

  #after(ms: number, act: () => void): () => void {
    const stop = this.clock.setTimeout(() => {
      this.#stops.delete(stop);
      act();
    }, ms);
    this.#stops.add(stop);
    return () => {
      stop();
      this.#stops.delete(stop);
    };
  }
}

function keyOf({ branch, cseq }: Peeked): string {
  return `${branch} ${cseq}`;
}
