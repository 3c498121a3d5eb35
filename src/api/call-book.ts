import type { PhoneCall } from '../phone/index.js';
import { Call, type MessageInfo } from './call.js';
import type { ClientCore } from './client-core.js';
import { UPDATE } from './roster.js';
import { Topic } from './topic.js';

/** The calls of a client, by the ids its phone knows them by. */
export class CallBook {
  /** A call rings here. */
  readonly incoming = new Topic<[Call]>(() => [...this.#told].map((call) => [call]));
  readonly #core: ClientCore;
  readonly #calls = new Map<string, Call>();
  /** Incoming calls pages were told of and that still ring. */
  readonly #told = new Set<Call>();

  constructor(core: ClientCore) {
    this.#core = core;
  }

  add(id: string, call: Call): void {
    this.#calls.set(id, call);
  }

  /** The phone has these calls now; incoming ones are told of once pages may hear of them. */
  update(calls: readonly PhoneCall[], tell: boolean): void {
    for (const data of calls) {
      const rings = data.direction === 'incoming' && data.state === 'ringing';
      const call = this.#calls.get(data.id) ?? (rings && tell ? this.#make(data) : null);
      if (!call) continue;
      call[UPDATE](data);
      if (!rings) this.#told.delete(call);
      else if (tell && !this.#told.has(call)) {
        this.#told.add(call);
        this.incoming.raise(call);
      }
    }
    // Those that are over stay on the phone's list for a while; then nobody asks for them any more.
    for (const id of this.#calls.keys()) {
      if (calls.some((data) => data.id === id) || !this.#calls.get(id)!.isOver) continue;
      this.#calls.delete(id);
    }
  }

  receive(callId: string, text: string, info: MessageInfo): void {
    this.#calls.get(callId)?.receive(text, info);
  }

  #make(data: PhoneCall): Call {
    const call = new Call(this.#core, data.id, data.remote.number, data.video ? 'VIDEO' : 'AUDIO');
    this.#calls.set(data.id, call);
    return call;
  }
}
