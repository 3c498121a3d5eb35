/** Sends digits to a party one after the other (RFC 4733), and keeps audio flowing under them. */
import { ProtocolError } from '../../../protocol/index.js';
import type { RtpPosition, RtpStream } from './rtp-stream.js';
import { EVENT_CLOCK_RATE, eventPayload, isDigits } from './telephone-event.js';

const TONE_MS = 100;
const GAP_MS = 70;
const STEP_MS = 20;
/** The last packet of a press is sent this often, in case one is lost (RFC 4733, 2.5.1.4). */
const END_PACKETS = 3;
const MAX_DIGITS = 64;
/** Browsers drop tones of a stream in which nothing was to be heard: so much silence goes ahead of the first. */
const LEAD_MS = 100;
/** Without audio for longer than this, silence is sent beside the tones. */
const QUIET_MS = 35;

/** What the sender needs of a leg. */
export interface DigitOutlet {
  readonly stream: RtpStream;
  /** Whether the party takes telephone events. */
  readonly takesEvents: boolean;
  readonly canSend: boolean;
  /** Sends a packet of a press; its duration is at {@link EVENT_CLOCK_RATE}. */
  sendEvent(payload: Buffer, position: RtpPosition, marker: boolean): void;
  /** Sends 20 ms of silence. */
  sendSilence(position: RtpPosition): void;
}

export class DigitSender {
  #queue: Promise<void> = Promise.resolve();
  #stop: (() => void) | null = null;
  #closed = false;

  constructor(private readonly outlet: DigitOutlet) {}

  /** Resolves when the last digit is sent. */
  send(digits: string): Promise<void> {
    if (!isDigits(digits) || digits.length > MAX_DIGITS) {
      const message = `Expected 1 to ${MAX_DIGITS} digits out of 0-9 * # A-D.`;
      return Promise.reject(new ProtocolError('invalid-params', message));
    }
    const sent = this.#queue.then(() => this.#sendAll(digits));
    this.#queue = sent.catch(() => {});
    return sent;
  }

  close(): void {
    this.#closed = true;
    this.#stop?.();
  }

  async #sendAll(digits: string): Promise<void> {
    if (!this.outlet.takesEvents) {
      throw new ProtocolError('wrong-state', 'The party takes no digits: it offered no telephone events.');
    }
    const clock = new Ticks();
    for (let lead = 0; lead < LEAD_MS; lead += STEP_MS) await this.#tick(clock);
    for (const digit of digits) {
      await this.#sendOne(digit, clock);
      for (let gap = 0; gap < GAP_MS; gap += STEP_MS) await this.#tick(clock);
    }
  }

  async #sendOne(digit: string, clock: Ticks): Promise<void> {
    const { stream } = this.outlet;
    const startedAt = stream.now();
    for (let duration = STEP_MS; duration < TONE_MS; duration += STEP_MS) {
      await this.#tick(clock);
      const payload = eventPayload(digit, duration, EVENT_CLOCK_RATE, false);
      this.outlet.sendEvent(payload, stream.insert(startedAt), duration === STEP_MS);
    }
    await this.#tick(clock);
    const end = eventPayload(digit, TONE_MS, EVENT_CLOCK_RATE, true);
    for (let copy = 0; copy < END_PACKETS; copy++)
      this.outlet.sendEvent(end, stream.insert(startedAt), false);
  }

  /** Waits for the next step and fills a pause of the audio. */
  async #tick(clock: Ticks): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, clock.untilNext());
      this.#stop = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#stop = null;
    if (this.#closed || !this.outlet.canSend) {
      throw new ProtocolError('wrong-state', 'The digits were not sent: the party is not connected.');
    }
    const { stream } = this.outlet;
    const quiet = stream.lastSentAt === null || performance.now() - this.#audioAt > QUIET_MS;
    if (quiet) this.outlet.sendSilence(stream.insert());
  }

  #audioAt = -Infinity;

  /** Tells that audio of a source went out. */
  audioSent(): void {
    this.#audioAt = performance.now();
  }
}

/** Steps of 20 ms that do not drift. */
class Ticks {
  #at = performance.now();

  untilNext(): number {
    this.#at += STEP_MS;
    return Math.max(0, this.#at - performance.now());
  }
}
