import { keyFrequencies, TONES, type Cadence, type ToneName } from './tone-table.js';

const SAMPLE_RATE = 8000;
const KEY_SECONDS = 0.12;
/** How long the sound output stays open after a key, for the next one, in milliseconds. */
const KEY_LINGER_MS = 1500;
const LEVEL = 0.12;
/** Samples over which a sound comes and goes, so that it does not click. */
const RAMP = 40;

/** What plays on a device that can be chosen, in the browsers where it can. */
interface Sinkable {
  setSinkId?(id: string): Promise<void>;
}

/** An open sound output that plays as soon as the browser lets it. */
export class Output {
  readonly #context = new AudioContext();
  readonly #gestures = new AbortController();
  readonly #target: AudioNode;
  readonly #element: HTMLAudioElement | undefined;

  /**
   * @param sink The device; empty for the browser's default.
   * @param byElement Plays through a media element: all browsers that choose devices can choose one for it, and
   *   to the system it is something that plays.
   */
  constructor(sink: string, byElement = false) {
    const context = this.#context;
    let outlet: Sinkable = context as Sinkable;
    this.#target = context.destination;
    if (byElement) {
      const target = context.createMediaStreamDestination();
      const element = new Audio();
      element.srcObject = target.stream;
      this.#target = target;
      outlet = this.#element = element;
    }
    // A device that is gone leaves the sound on the default one.
    if (sink) outlet.setSinkId?.(sink).catch(() => {});
    const start = () => {
      context.resume().catch(() => {});
      this.#element?.play().catch(() => {});
    };
    const options = { capture: true, signal: this.#gestures.signal };
    for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, start, options);
    start();
  }

  play(cadence: Cadence, loop: boolean): void {
    const seconds = cadence.reduce((sum, [length]) => sum + length, 0);
    const buffer = this.#context.createBuffer(1, Math.round(seconds * SAMPLE_RATE), SAMPLE_RATE);
    const samples = buffer.getChannelData(0);
    let start = 0;
    for (const [length, ...frequencies] of cadence) {
      const count = Math.round(length * SAMPLE_RATE);
      for (let i = 0; i < count; i++) {
        const envelope = LEVEL * Math.min(1, i / RAMP, (count - i) / RAMP);
        for (const hertz of frequencies) {
          samples[start + i]! += envelope * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE);
        }
      }
      start += count;
    }
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.loop = loop;
    source.connect(this.#target);
    source.start();
  }

  close(): void {
    this.#gestures.abort();
    if (this.#element) this.#element.srcObject = null;
    this.#context.close().catch(() => {});
  }
}

/** The sounds a phone makes itself: ringing, ringback, busy, keys. Silent and without any resource when idle. */
export class Tones {
  #loop: { readonly name: ToneName; readonly output: Output | null } | null = null;
  #keys: Output | null = null;
  #keysTimer: ReturnType<typeof setTimeout> | undefined;

  /** Plays a tone until another, or null, is asked for. */
  play(name: ToneName | null, sink = ''): void {
    if (this.#loop?.name === name) return;
    this.#loop?.output?.close();
    this.#loop = null;
    if (!name) return;
    const output = open(sink, true);
    output?.play(TONES[name], true);
    this.#loop = { name, output };
  }

  /** Sounds a key once; what is not a key is silent. */
  key(key: string, sink = ''): void {
    const frequencies = keyFrequencies(key);
    if (!frequencies) return;
    clearTimeout(this.#keysTimer);
    this.#keys ??= open(sink);
    this.#keys?.play([[KEY_SECONDS, ...frequencies]], false);
    this.#keysTimer = setTimeout(() => this.#closeKeys(), KEY_LINGER_MS);
  }

  close(): void {
    this.play(null);
    this.#closeKeys();
  }

  #closeKeys(): void {
    clearTimeout(this.#keysTimer);
    this.#keys?.close();
    this.#keys = null;
  }
}

/** A phone without a sound output works, silently. */
function open(sink: string, byElement = false): Output | null {
  try {
    return new Output(sink, byElement);
  } catch {
    return null;
  }
}
