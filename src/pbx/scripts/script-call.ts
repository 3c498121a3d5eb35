/** A call of an API extension, as its scripts see it. */
import type { Call } from '../../protocol/index.js';
import type { EndReason, Party } from '../../protocol/index.js';
import type { Exchange } from '../exchange/index.js';
import type { Clip } from '../media/engine.js';
import type { Contact } from '../registrar/index.js';
import { within } from '../time-limit.js';
import { DigitQueue } from './digit-queue.js';
import type { ScriptMedia } from './script-media.js';

/** How long the first word waits for the other party's media, in milliseconds: sound may not come about at all. */
const HEARD_MS = 5000;

/** The reason scripts stop for when their call is over. */
export class CallOver extends Error {
  override readonly name = 'CallOver';
  constructor(readonly endReason: EndReason) {
    super('The call is over.');
  }
}

export class ScriptCall {
  /** The keys the other party pressed. */
  readonly digits = new DigitQueue();
  readonly #over = new AbortController();
  #snapshot: Call | null = null;
  #changed: (() => void)[] = [];

  constructor(
    /** The id of this extension's leg ("CallLegID"). */
    readonly id: string,
    private readonly contact: Contact,
    readonly media: ScriptMedia,
    private readonly exchange: Exchange,
  ) {}

  /** Aborted with a {@link CallOver} when the call is over. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** The other party. */
  get remote(): Party {
    return this.#snapshot?.remote ?? { number: '', name: '' };
  }

  /** Null until the exchange has told of it. */
  get state(): Call['state'] | null {
    return this.#snapshot?.state ?? null;
  }

  /** The session the call is in at the moment. */
  get sessionId(): string {
    return this.#snapshot?.sessionId ?? '';
  }

  /** Who called whom; `own` is the number of this extension. */
  parties(own: string): { readonly caller: string; readonly callee: string } {
    const other = this.remote.number;
    return this.#snapshot?.direction === 'outgoing'
      ? { caller: own, callee: other }
      : { caller: other, callee: own };
  }

  /** Takes in what the exchange tells of it. */
  changed(call: Call): void {
    this.#snapshot = call;
    if (call.state === 'ended') this.#over.abort(new CallOver(call.endReason ?? 'error'));
    const waiting = this.#changed;
    this.#changed = [];
    for (const look of waiting) look();
  }

  /** Answers, and waits until the other party hears what is said. */
  async answer(): Promise<void> {
    this.exchange.applicationCalls.answer(this.contact, this.id);
    await this.heard();
  }

  async heard(): Promise<void> {
    this.signal.throwIfAborted();
    await within(HEARD_MS, this.signal, async (enough) => {
      const aborted = new Promise<void>((resolve) => {
        enough.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([this.exchange.applicationCalls.heard(this.contact, this.id), aborted]);
    });
    this.signal.throwIfAborted();
  }

  reject(): void {
    if (!this.signal.aborted) this.exchange.reject(this.contact, this.id);
  }

  hangUp(): void {
    if (!this.signal.aborted) this.exchange.hangUp(this.contact, this.id);
  }

  /** Plays to the other party until it is through, or one of the signals is aborted. */
  async play(
    clip: Clip,
    { repeat = false, signal }: { repeat?: boolean; signal: AbortSignal },
  ): Promise<void> {
    signal.throwIfAborted();
    const stop = () => this.media.player.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await this.media.player.play(clip, { repeat });
    } finally {
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
  }

  /** Connects the other party with a number. Returns why that failed; on success the call is over. */
  async transfer(to: string): Promise<EndReason> {
    this.exchange.transfer(this.contact, this.id, to);
    await this.until((call) => call.transfer?.state === 'failed');
    return this.#snapshot?.transfer?.reason ?? 'error';
  }

  /** Resolves when the call is as wanted; rejects with {@link CallOver} when it ends first. */
  async until(fits: (call: Call) => boolean): Promise<void> {
    while (!this.#snapshot || !fits(this.#snapshot)) {
      this.signal.throwIfAborted();
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }
}
