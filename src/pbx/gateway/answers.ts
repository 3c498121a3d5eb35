/** Which requests of a client were taken, and how they were answered, so that none is carried out twice. */
import { ProtocolError } from '../../protocol/index.js';
import type { Method, RequestId } from '../../protocol/index.js';
import type { Clock } from '../clock.js';

/** How long an answer is kept in case it was lost: longer than a lost socket goes unnoticed and is kept. */
export const ANSWER_MS = 2 * 60_000;
/** Answers kept at most, and their characters. */
export const MAX_ANSWERS = 256;
export const MAX_ANSWERS_LENGTH = 512 * 1024;

/** They change nothing, so they are just asked again; their answers would only take memory. */
const READING: readonly Method[] = ['connection.ping', 'webphone.check', 'history.query', 'directory.watch'];

interface Taken {
  readonly method: string;
  readonly at: number;
  /** The answer as it was sent; null while the request is being carried out. */
  answer: string | null;
}

export class Answers {
  /** In the order they were taken; null while there are none, as for most clients most of the time. */
  #taken: Map<RequestId, Taken> | null = null;
  #length = 0;

  constructor(private readonly clock: Clock) {}

  /**
   * Takes a request. Returns true when it is to be carried out; otherwise it came before, and its answer, if there
   * is one by now, is given to `repeat`.
   * @throws ProtocolError `invalid-request` when another request came with this id.
   */
  take(id: RequestId, method: string, repeat: (answer: string) => void): boolean {
    const taken = (this.#taken ??= new Map<RequestId, Taken>());
    const known = taken.get(id);
    if (known) {
      if (known.method !== method) {
        throw new ProtocolError('invalid-request', 'Another request had this id.');
      }
      if (known.answer !== null) repeat(known.answer);
      return false;
    }
    taken.set(id, { method, at: this.clock.now(), answer: null });
    return true;
  }

  /** The request of this id is answered. */
  answered(id: RequestId, answer: string): void {
    const taken = this.#taken?.get(id);
    if (!this.#taken || !taken) return;
    if (READING.some((method) => method === taken.method)) {
      this.#taken.delete(id);
    } else {
      taken.answer = answer;
      this.#length += answer.length;
    }
    this.#forget(this.#taken);
    if (this.#taken.size === 0) this.#taken = null;
  }

  #forget(known: Map<RequestId, Taken>): void {
    const long = this.clock.now() - ANSWER_MS;
    for (const [id, { at, answer }] of known) {
      if (answer === null) continue;
      const much = known.size > MAX_ANSWERS || this.#length > MAX_ANSWERS_LENGTH;
      if (!much && at > long) return;
      this.#length -= answer.length;
      known.delete(id);
    }
  }
}
