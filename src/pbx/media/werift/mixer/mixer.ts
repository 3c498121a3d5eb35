/** Several parties made into one sound (RFC 7667, 3.6): decoded, summed, and encoded once for each sum. */
import type { Log } from '../../../log.js';
import type { MediaMixer, MediaSource } from '../../engine.js';
import { FrameClock } from './frame-clock.js';
import { FRAME_SAMPLES, MixerInput } from './input.js';
import { MixerOutput } from './output.js';

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
  readonly #clock = new FrameClock((frame) => this.#mix(frame));
  readonly #total = new Int32Array(FRAME_SAMPLES);
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
    return this.#clock.isRunning;
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

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
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
    const working = this.#listenedTo.size > 0 && !this.#closed;
    for (const [source, added] of this.#added) {
      if (working) added.input ??= new MixerInput(source, this.log);
      else {
        added.input?.close();
        added.input = null;
      }
    }
    if (working) this.#clock.start();
    else this.#clock.stop();
  }

  #mix(frame: number): void {
    this.#total.fill(0);
    const frames = new Map<MediaSource, Int16Array>();
    for (const [source, { input }] of this.#added) {
      const samples = input?.frame();
      if (!samples) continue;
      frames.set(source, samples);
      for (let at = 0; at < FRAME_SAMPLES; at++) this.#total[at]! += samples[at]!;
    }
    for (const output of [...this.#listenedTo]) {
      output.send(this.#total, (output.except && frames.get(output.except)) ?? null, frame);
    }
  }
}
