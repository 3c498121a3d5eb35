/** The media of a phone's leg over its life: made once from an offer, closed once, whichever comes first. */
import { ProtocolError } from '../../protocol/index.js';
import type { Candidate } from '../../protocol/index.js';
import type { LegObserver, MediaEngine, MediaKind, MediaSource, PhoneLeg } from '../media/engine.js';
import type { LegMedia } from './leg-media.js';

/** How many digits may wait to be sent to one party; each takes it a fifth of a second to hear. */
const MAX_WAITING_DIGITS = 64;

export class PhoneMedia implements LegMedia {
  readonly isUnattended = false;
  readonly connected: Promise<void>;
  #connectedOrOver!: () => void;
  #opening: Promise<PhoneLeg> | null = null;
  #leg: PhoneLeg | null = null;
  #closed = false;
  #waitingDigits = 0;
  readonly #heard: Record<MediaKind, MediaSource | null> = { audio: null, video: null };

  constructor(private readonly engine: MediaEngine) {
    this.connected = new Promise((resolve) => (this.#connectedOrOver = resolve));
  }

  /** Whether there is media, or is about to be. */
  get isOpen(): boolean {
    return this.#opening !== null;
  }

  /** What the party sends; null while there is no media. */
  get output(): MediaSource | null {
    return this.#leg?.output ?? null;
  }

  /**
   * Makes the media and returns the answer. Fails with `media-failed` for an offer that cannot be used (another
   * one may be tried), and with `wrong-state` when there is media already or the leg ends meanwhile.
   */
  async open(offer: string, observer: LegObserver): Promise<string> {
    if (this.#opening || this.#closed)
      throw new ProtocolError('wrong-state', 'This call has its media already.');
    this.#opening = this.engine.answer(offer, this.#guarded(observer));
    let leg: PhoneLeg;
    try {
      leg = await this.#opening;
    } catch {
      this.#opening = null;
      throw new ProtocolError('media-failed', 'The session description of the offer cannot be used.');
    }
    if (this.#closed) throw new ProtocolError('wrong-state', 'The call is over.');
    this.#leg = leg;
    return leg.answer;
  }

  /** Answers a new offer. */
  async reoffer(offer: string): Promise<string> {
    const leg = await this.#ready();
    try {
      return await leg.reoffer(offer);
    } catch {
      throw new ProtocolError('media-failed', 'The session description of the new offer cannot be used.');
    }
  }

  async addCandidate(candidate: Candidate): Promise<void> {
    const leg = await this.#ready();
    try {
      await leg.addCandidate(candidate);
    } catch {
      throw new ProtocolError('media-failed', 'The ICE candidate cannot be used.');
    }
  }

  async breakPath(): Promise<void> {
    (await this.#ready()).breakPath();
  }

  async sendDigits(digits: string): Promise<void> {
    const leg = await this.#ready();
    if (this.#waitingDigits + digits.length > MAX_WAITING_DIGITS) {
      throw new ProtocolError('rate-limited', 'Too many digits wait to be sent to this party.', 1000);
    }
    this.#waitingDigits += digits.length;
    try {
      await leg.sendDigits(digits);
    } finally {
      this.#waitingDigits -= digits.length;
    }
  }

  /** Connects what the party hears or sees; a picture starts with a key frame. */
  listenTo(kind: MediaKind, source: MediaSource | null): void {
    if (!this.#leg || this.#heard[kind] === source) return;
    this.#heard[kind] = source;
    this.#leg.listenTo(kind, source);
    if (kind === 'video') source?.requestKeyFrame();
  }

  /** Ends the media for good. Media that is still being made is closed as soon as it is there. */
  async close(): Promise<void> {
    if (this.#closed) return;
    for (const kind of ['audio', 'video'] as const) this.listenTo(kind, null);
    const open = this.#leg;
    this.#closed = true;
    this.#connectedOrOver();
    this.#leg = null;
    const leg = open ?? (await this.#opening?.catch(() => null));
    await leg?.close();
  }

  async #ready(): Promise<PhoneLeg> {
    await this.#opening?.catch(() => {});
    if (!this.#leg) throw new ProtocolError('wrong-state', 'This call has no media.');
    return this.#leg;
  }

  /** Passes reports on until the leg is closed. */
  #guarded(observer: LegObserver): LegObserver {
    return {
      connected: () => {
        if (this.#closed) return;
        this.#connectedOrOver();
        observer.connected();
      },
      failed: (message) => {
        if (!this.#closed) observer.failed(message);
      },
      digit: (digit) => {
        if (!this.#closed) observer.digit(digit);
      },
    };
  }
}
