import type { PhoneControl } from '../phone/index.js';
import { problemError } from './errors.js';

/** The sessions this client listens to. A transfer makes a new session of the same chain, and is followed. */
export class Listenings {
  readonly #control: () => Promise<PhoneControl>;
  /** The listening of each chain of sessions, from when it is asked for. */
  readonly #calls = new Map<string, Promise<string>>();

  constructor(control: () => Promise<PhoneControl>) {
    this.#control = control;
  }

  async start(sessionId: string, masterId: string): Promise<void> {
    if (this.#calls.has(masterId))
      throw problemError('wrong-state', 'startListen', 'This session is listened to already.');
    const call = this.#control().then((control) => control.listen(sessionId));
    this.#calls.set(masterId, call);
    call.catch(() => this.#calls.get(masterId) === call && this.#calls.delete(masterId));
    await call;
  }

  async stop(masterId: string): Promise<void> {
    const call = this.#calls.get(masterId);
    if (!call) throw problemError('wrong-state', 'stopListen', 'This session is not listened to.');
    this.#calls.delete(masterId);
    // One that could not be started was told of by startListen.
    const id = await call.catch(() => null);
    if (id !== null) await (await this.#control()).stopListening(id);
  }

  /** A listening has ended by itself. */
  ended(callId: string): void {
    for (const [masterId, call] of this.#calls) {
      void call.then(
        (id) => id === callId && this.#calls.get(masterId) === call && this.#calls.delete(masterId),
        () => {},
      );
    }
  }
}
