/** The mixer without a network: parties are encoders, ears are decoders. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createDecoder, createEncoder, type OpusDecoderHandle, type OpusEncoderHandle } from 'libopus-wasm';
import type { MediaKind, MediaPacket, MediaSource } from '../../../src/pbx/media/engine.js';
import { FanOut } from '../../../src/pbx/media/fan-out.js';
import { Relay } from '../../../src/pbx/media/relay.js';
import { OpusMixer } from '../../../src/pbx/media/werift/mixer/mixer.js';
import { SILENT_LOG } from '../../support/peer-page.js';
import { level } from '../../support/level.js';

const FRAME = 960;

/** A party that sends a tone every 20 ms, or anything else. */
class Party implements MediaSource {
  readonly fanOut = new FanOut();
  #timer: NodeJS.Timeout | null = null;
  #frame = 0;
  #due = 0;

  private constructor(
    private readonly encoder: OpusEncoderHandle,
    private readonly hz: number,
    private readonly amplitude: number,
    private readonly firstSequence: number,
  ) {}

  static async of(hz: number, amplitude = 0.3, firstSequence = 65_500): Promise<Party> {
    return new Party(await createEncoder({ channels: 1 }), hz, amplitude, firstSequence);
  }

  get isListenedTo(): boolean {
    return this.fanOut.count('audio') > 0;
  }

  subscribe(kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    return this.fanOut.subscribe(kind, listener);
  }

  requestKeyFrame(): void {}

  speak(): this {
    this.#due = performance.now();
    const step = () => {
      for (; this.#due <= performance.now(); this.#due += 20) this.send(this.next());
      this.#timer = setTimeout(step, 5);
    };
    step();
    return this;
  }

  /** The next 20 ms of the tone. */
  next(): MediaPacket {
    const samples = Float32Array.from(
      { length: FRAME },
      (_, at) => this.amplitude * Math.sin((2 * Math.PI * this.hz * (this.#frame * FRAME + at)) / 48_000),
    );
    const sequence = (this.firstSequence + this.#frame) & 0xffff;
    const timestamp = (this.#frame * FRAME) >>> 0;
    this.#frame += 1;
    const payload = Buffer.from(this.encoder.encodeFloat(samples));
    return { payload, sequence, timestamp, marker: false, codec: 'opus' };
  }

  send(packet: MediaPacket): void {
    this.fanOut.emit('audio', packet);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.encoder.free();
  }
}

/** Listens to a source and keeps the last of what it heard. */
class Ear {
  readonly packets: MediaPacket[] = [];
  readonly #leave: () => void;
  #heard = new Float32Array(8192);
  #waiting: (() => boolean)[] = [];

  private constructor(
    private readonly decoder: OpusDecoderHandle,
    source: MediaSource,
  ) {
    this.#leave = source.subscribe('audio', (packet) => this.#hear(packet));
  }

  static async at(source: MediaSource): Promise<Ear> {
    return new Ear(await createDecoder({ channels: 1 }), source);
  }

  #hear(packet: MediaPacket): void {
    this.packets.push(packet);
    const samples = this.decoder.decodeFloat(packet.payload);
    this.#heard.copyWithin(0, samples.length);
    this.#heard.set(samples, this.#heard.length - samples.length);
    this.#waiting = this.#waiting.filter((done) => !done());
  }

  level = (hz: number): number => level(this.#heard, hz);

  get peak(): number {
    return this.#heard.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  }

  /** Resolves when these tones, and none of those, are in what was heard last. */
  hears(tones: readonly number[], not: readonly number[] = []): Promise<void> {
    const told = () => [...tones, ...not].map((hz) => `${hz} Hz ${this.level(hz).toFixed(0)} dB`).join(', ');
    const fits = () => tones.every((hz) => this.level(hz) > -30) && not.every((hz) => this.level(hz) < -55);
    return this.#until(fits, told);
  }

  /** Resolves when so many more packets came. */
  packetsMore(count: number): Promise<void> {
    const wanted = this.packets.length + count;
    return this.#until(
      () => this.packets.length >= wanted,
      () => `${this.packets.length} of ${wanted} packets`,
    );
  }

  #until(condition: () => boolean, told: () => string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`in 30 s only: ${told()}`)), 30_000);
      this.#waiting.push(() => {
        if (!condition()) return false;
        clearTimeout(timer);
        resolve();
        return true;
      });
    });
  }

  leave(): void {
    this.#leave();
    this.decoder.free();
  }
}

/** Taps a mixer. */
class Tap {
  readonly frames: Int16Array[] = [];
  #check = () => {};

  listen = (frame: Int16Array): void => {
    this.frames.push(frame);
    this.#check();
  };

  level(hz: number): number {
    const last = this.frames.slice(-9);
    return level(
      Float32Array.from(
        last.flatMap((frame) => [...frame]),
        (sample) => sample / 32_768,
      ),
      hz,
    );
  }

  hears(tones: readonly number[], not: readonly number[] = []): Promise<void> {
    return this.#until(
      () => tones.every((hz) => this.level(hz) > -30) && not.every((hz) => this.level(hz) < -55),
    );
  }

  framesMore(count: number): Promise<void> {
    const wanted = this.frames.length + count;
    return this.#until(() => this.frames.length >= wanted);
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not within 30 s: ${condition.toString()}`)), 30_000);
      this.#check = () => {
        if (!condition()) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

describe('the mixer', { timeout: 60_000 }, () => {
  let mixer: OpusMixer;
  let parties: Party[];
  let ears: Ear[];
  let errors: string[];

  beforeEach(() => {
    errors = [];
    const log = { ...SILENT_LOG, error: (_: object, message: string) => errors.push(message) };
    mixer = new OpusMixer(log);
    [parties, ears] = [[], []];
  });

  afterEach(() => {
    for (const ear of ears) ear.leave();
    assert.equal(mixer.isRunning, false, 'nobody listens, so nothing runs');
    assert.ok(parties.every((party) => !party.isListenedTo));
    for (const party of parties) party.close();
    mixer.close();
    assert.deepEqual(errors, []);
  });

  async function party(hz: number, amplitude?: number): Promise<Party> {
    const made = await Party.of(hz, amplitude);
    parties.push(made);
    return made;
  }

  async function ear(source: MediaSource): Promise<Ear> {
    const made = await Ear.at(source);
    ears.push(made);
    return made;
  }

  it('lets each hear the others and not itself, and who listens everybody', async () => {
    const [low, high, third] = [await party(807), await party(1438), await party(1163)];
    for (const each of parties) mixer.add(each.speak());
    const heard = await Promise.all([low, high, third, undefined].map((one) => ear(mixer.output(one))));
    await Promise.all([
      heard[0]!.hears([1438, 1163], [807]),
      heard[1]!.hears([807, 1163], [1438]),
      heard[2]!.hears([807, 1438], [1163]),
      heard[3]!.hears([807, 1438, 1163]),
    ]);
  });

  it('works only while somebody listens', async () => {
    const low = await party(807);
    mixer.add(low.speak());
    assert.equal(mixer.isRunning, false);
    assert.equal(low.isListenedTo, false);
    for (let round = 0; round < 3; round += 1) {
      const listener = await Ear.at(mixer.output());
      assert.ok(mixer.isRunning && low.isListenedTo);
      await listener.hears([807]);
      listener.leave();
      assert.ok(!mixer.isRunning && !low.isListenedTo);
    }
  });

  it('takes parties in and out while it runs', async () => {
    const [low, high] = [await party(807), await party(1438)];
    const takeOut = mixer.add(low.speak());
    const listener = await ear(mixer.output());
    await listener.hears([807], [1438]);
    mixer.add(high.speak());
    await listener.hears([807, 1438]);
    takeOut();
    takeOut();
    assert.equal(low.isListenedTo, false);
    await listener.hears([1438], [807]);
  });

  it('keeps a party that was added twice until it was taken out twice', async () => {
    const low = await party(807);
    const [once, twice] = [mixer.add(low.speak()), mixer.add(low)];
    const listener = await ear(mixer.output());
    once();
    once();
    await listener.hears([807]);
    twice();
    assert.equal(low.isListenedTo, false);
  });

  it('sends one unbroken stream on the clock of the wall', async () => {
    const listener = await ear(mixer.output());
    await listener.packetsMore(1);
    const from = performance.now();
    await listener.packetsMore(100);
    const passed = performance.now() - from;
    assert.ok(passed > 1900 && passed < 2200, `100 packets in ${passed} ms`);
    const [first, ...rest] = listener.packets;
    assert.equal(first!.marker, true);
    for (const [index, { sequence, timestamp, marker }] of rest.entries()) {
      assert.equal(sequence, (listener.packets[index]!.sequence + 1) & 0xffff);
      assert.ok(timestamp - listener.packets[index]!.timestamp >= FRAME);
      assert.equal(marker, false);
    }
  });

  it('limits what is too loud instead of wrapping around', async () => {
    for (const phase of [0, 1, 2]) mixer.add((await party(440 + phase * 0.01, 0.9)).speak());
    const listener = await ear(mixer.output());
    await listener.hears([440]);
    // Three voices near full scale: clipped, their fundamental stands far above what clipping adds.
    assert.ok(listener.peak > 0.6, `peak ${listener.peak}`);
    assert.ok(
      listener.level(440) > listener.level(1320) + 8,
      `${listener.level(440)}, ${listener.level(1320)}`,
    );
  });

  it('plays packets in their order, and only once', async () => {
    const low = await party(807);
    mixer.add(low);
    const listener = await ear(mixer.output());
    let held: MediaPacket | null = null;
    const timer = setInterval(() => {
      const packet = low.next();
      // Every other packet comes after its follower, and each comes twice.
      if (held) for (const each of [packet, held, packet, held]) low.send(each);
      held = held ? null : packet;
    }, 20);
    try {
      await listener.hears([807], [403, 1210]);
    } finally {
      clearInterval(timer);
    }
  });

  it('goes on with a party that starts anew, and behind a relay with another one', async () => {
    const [low, high] = [await party(807), await party(1438)];
    const seat = new Relay();
    mixer.add(seat);
    const listener = await ear(mixer.output());
    const itself = await ear(mixer.output(seat));
    seat.from(low.speak());
    await listener.hears([807]);
    seat.from(high.speak());
    assert.equal(low.isListenedTo, false);
    await listener.hears([1438], [807]);
    seat.from(low);
    await listener.hears([807], [1438]);
    assert.ok(itself.level(807) < -60 && itself.level(1438) < -60);
    seat.from(null);
    await listener.hears([], [807, 1438]);
  });

  it('survives whatever a party sends', async () => {
    const [low, hostile] = [await party(807), await party(1438)];
    mixer.add(low.speak());
    mixer.add(hostile);
    const listener = await ear(mixer.output());
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    for (let sent = 0; sent < 3000; sent += 1) {
      const payload = Buffer.from({ length: random(40) === 0 ? 1400 : random(60) } as ArrayLike<number>).map(
        () => random(256),
      );
      const odd = { sequence: random(65_536), timestamp: random(2 ** 24), marker: random(2) === 0 };
      const codec = (['opus', 'opus', 'opus', 'telephone-event', 'vp8'] as const)[random(5)]!;
      hostile.send({ ...odd, payload: Buffer.from(payload), codec });
      if (sent % 100 === 0) await listener.packetsMore(1);
    }
    await listener.hears([807]);
  });

  it('takes no telephone event for sound', async () => {
    const low = await party(807);
    mixer.add(low);
    const listener = await ear(mixer.output());
    for (let count = 0; count < 20; count += 1) {
      low.send({ ...low.next(), payload: Buffer.from([1, 10, 3, 192]), codec: 'telephone-event' });
    }
    await listener.packetsMore(20);
    assert.ok(listener.peak < 0.001, `peak ${listener.peak}`);
  });

  it('gives everybody as samples to who taps it, 20 ms each, silence too', async () => {
    const [low, high] = [await party(807), await party(1438)];
    const takeOut = [low, high].map((each) => mixer.add(each));
    const [first, second] = [new Tap(), new Tap()];
    const leave = [first, second].map((tap) => mixer.tap(tap.listen));
    assert.ok(mixer.isRunning && low.isListenedTo);
    const from = performance.now();
    await first.framesMore(25);
    const passed = performance.now() - from;
    // The first frame is due at once.
    assert.ok(passed >= 475, `25 frames in ${passed} ms`);
    assert.ok(first.frames.every((frame) => frame.length === FRAME && frame.every((sample) => sample === 0)));
    low.speak();
    high.speak();
    await first.hears([807, 1438]);
    leave[0]!();
    leave[0]!();
    takeOut[0]!();
    await second.hears([1438], [807]);
    assert.deepEqual(second.frames.slice(0, first.frames.length), first.frames);
    // Somebody who listens hears the same, and the tap goes on when they leave.
    const listener = await Ear.at(mixer.output());
    await listener.hears([1438], [807]);
    listener.leave();
    await second.framesMore(5);
    leave[1]!();
    assert.equal(mixer.isRunning, false);
  });

  it('taps silence for the time in which the process stood still', async () => {
    const tap = new Tap();
    const leave = mixer.tap(tap.listen);
    await tap.framesMore(1);
    const from = performance.now();
    const count = tap.frames.length;
    while (performance.now() < from + 600);
    await tap.framesMore(10);
    const expected = (performance.now() - from) / 20;
    const frames = tap.frames.length - count;
    assert.ok(Math.abs(frames - expected) <= 12, `${frames} frames in the time of ${expected}`);
    assert.ok(frames >= 29, `${frames} frames`);
    leave();
  });

  it('closed, does nothing for anybody any more', async () => {
    const low = await party(807);
    mixer.add(low.speak());
    const listener = await ear(mixer.output());
    await listener.hears([807]);
    mixer.close();
    mixer.close();
    assert.equal(low.isListenedTo, false);
    const late = await ear(mixer.output(low));
    const tap = new Tap();
    const leave = mixer.tap(tap.listen);
    mixer.add(await party(1438))();
    assert.equal(mixer.isRunning, false);
    assert.deepEqual(late.packets, []);
    assert.deepEqual(tap.frames, []);
    leave();
  });
});
