/** Several parties made into one sound (RFC 7667, 3.6): decoded, summed, and encoded once for each sum. */
import type { Log } from '../../../log.js';
import type { MediaMixer, MediaSource } from '../../engine.js';
import { Pace } from '../../playout/pace.js';
import { FRAME_SAMPLES, MixerInput } from './input.js';
import { limit } from './limit.js';
import { MixerOutput } from './output.js';

/** The length of a frame, in milliseconds. */
const FRAME_MS = 20;
/** Time that was left out is silence for taps, so that a recording stays as long as its call: up to 10 s of it. */
const MAX_SILENT_FRAMES = 500;

type Tap = (frame: Int16Array) => void;

interface Added {
  /** How often the source was added. */
  times: number;
  /** Its decoder; only while somebody listens. */
  input: MixerInput | null;
}

export class OpusMixer implements MediaMixer {
  readonly #added = new Map<MediaSource, Added>();
  readonly #everybody: MixerOutput;
  readonly #others = new WeakMap<MediaSource, MixerOutput>();
  readonly #listenedTo = new Set<MixerOutput>();
  readonly #taps = new Set<Tap>();
  readonly #pace = new Pace((leftOutMs) => this.#step(leftOutMs));
  readonly #total = new Int32Array(FRAME_SAMPLES);
  #frame = 0;
  #closed = false;

  /** `closed` is called once, at the end. */
  constructor(
    private readonly log: Log,
    private readonly closed: (mixer: OpusMixer) => void = () => {},
  ) {
    this.#everybody = this.#newOutput();
  }

  /** Whether somebody listens, so that there is work. */
  get isRunning(): boolean {
    return this.#pace.isRunning;
  }

  add(source: MediaSource): () => void {
    const added = this.#added.get(source) ?? { times: 0, input: null };
    added.times += 1;
    this.#added.set(source, added);
    this.#settle();
    let there = true;
    return () => {
      if (!there) return;
      there = false;
      added.times -= 1;
      if (added.times > 0) return;
      added.input?.close();
      this.#added.delete(source);
    };
  }

  output(except?: MediaSource): MediaSource {
    if (!except) return this.#everybody;
    let output = this.#others.get(except);
    if (!output) this.#others.set(except, (output = this.#newOutput(except)));
    return output;
  }

  tap(listener: (frame: Int16Array) => void): () => void {
    // A wrapper of its own, so that the same function may listen twice and leave once.
    const tap: Tap = (frame) => listener(frame);
    if (!this.#closed) this.#taps.add(tap);
    this.#settle();
    return () => {
      if (this.#taps.delete(tap)) this.#settle();
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#taps.clear();
    for (const output of [...this.#listenedTo]) output.close();
    this.#settle();
    this.#added.clear();
    this.closed(this);
  }

  #newOutput(except?: MediaSource): MixerOutput {
    const listened = (output: MixerOutput, somebody: boolean) => {
      if (somebody) this.#listenedTo.add(output);
      else this.#listenedTo.delete(output);
      this.#settle();
      return somebody && !this.#closed;
    };
    return new MixerOutput(except, listened, this.log);
  }

  /** Works while somebody listens, and not otherwise: then it has no decoder and no timer. */
  #settle(): void {
    const working = this.#listenedTo.size + this.#taps.size > 0 && !this.#closed;
    for (const [source, added] of this.#added) {
      if (working) added.input ??= new MixerInput(source, this.log);
      else {
        added.input?.close();
        added.input = null;
      }
    }
    if (working) this.#pace.start();
    else this.#pace.stop();
  }

  #step(leftOutMs: number): number {
    const leftOut = leftOutMs / FRAME_MS;
    this.#frame += leftOut + 1;
    for (let silent = Math.min(leftOut, MAX_SILENT_FRAMES); silent > 0; silent--) {
      this.#deliver(new Int16Array(FRAME_SAMPLES));
    }
    this.#mix();
    return FRAME_MS;
  }

  #mix(): void {
    this.#total.fill(0);
    const frames = new Map<MediaSource, Int16Array>();
    for (const [source, { input }] of this.#added) {
      const samples = input?.frame();
      if (!samples) continue;
      frames.set(source, samples);
      for (let at = 0; at < FRAME_SAMPLES; at++) this.#total[at]! += samples[at]!;
    }
    for (const output of [...this.#listenedTo]) {
      output.send(this.#total, (output.except && frames.get(output.except)) ?? null, this.#frame);
    }
    if (this.#taps.size > 0) this.#deliver(limit(this.#total, null, new Int16Array(FRAME_SAMPLES)));
  }

  #deliver(frame: Int16Array): void {
    for (const tap of [...this.#taps]) if (this.#taps.has(tap)) tap(frame);
  }
}
