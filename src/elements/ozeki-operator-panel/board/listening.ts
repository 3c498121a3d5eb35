/** Listening to others. Loaded when somebody first does. */
import type { PhoneControl } from '../../../phone/control/control.js';
import type { PhoneHandle } from '../../../phone/handle.js';

interface Heard {
  readonly control: PhoneControl;
  readonly callId: string;
  readonly forget: () => void;
}

/** One session at a time is listened to, and what becomes of it: a transfer goes on in another session. */
export class Listening {
  /** What the sessions of the conversation have in common; empty while nobody listens. */
  masterId = '';
  #phone: PhoneHandle | null = null;
  #heard: Heard | null = null;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Listens to a session, in the place of another. Rejects with a `PhoneError`. */
  async start(phone: PhoneHandle, { id, masterId }: { id: string; masterId: string }): Promise<void> {
    await this.stop();
    this.masterId = masterId;
    this.#phone = phone;
    this.#changed();
    try {
      const control = await phone.control();
      const callId = await control.listen(id);
      const heard: Heard = {
        control,
        callId,
        forget: control.onNews((news) => {
          if (news.type === 'listening-ended' && news.callId === callId) this.#over(heard);
        }),
      };
      // Meanwhile the person may have thought better of it.
      if (this.masterId !== masterId) return await end(heard);
      this.#heard = heard;
    } catch (error) {
      if (this.masterId === masterId) this.masterId = '';
      throw error;
    } finally {
      this.#changed();
    }
  }

  /** Stops when this is not the phone that listens: its people are others. */
  keep(phone: PhoneHandle | null): void {
    if (this.masterId && phone !== this.#phone) this.stop().catch(() => {});
  }

  async stop(): Promise<void> {
    const heard = this.#heard;
    this.#heard = null;
    this.masterId = '';
    this.#changed();
    if (heard) await end(heard);
  }

  #over(heard: Heard): void {
    heard.forget();
    if (heard !== this.#heard) return;
    this.#heard = null;
    this.masterId = '';
    this.#changed();
  }
}

async function end({ control, callId, forget }: Heard): Promise<void> {
  forget();
  await control.stopListening(callId);
}
