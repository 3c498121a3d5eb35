import type {
  LegObserver,
  MediaEngine,
  MediaKind,
  MediaLeg,
  MediaSource,
} from '../../../src/pbx/media/engine.js';

/** A source that is only known by its name. */
class FakeSource implements MediaSource {
  keyFrames = 0;
  constructor(readonly name: string) {}
  subscribe(): () => void {
    return () => {};
  }
  requestKeyFrame(): void {
    this.keyFrames += 1;
  }
}

/** The media of a leg, as far as the exchange can tell: whom it was connected to. */
export class FakeLeg implements MediaLeg {
  readonly output: FakeSource;
  readonly answer: string;
  readonly candidates: unknown[] = [];
  closed = false;
  readonly #heard: Record<MediaKind, FakeSource | null> = { audio: null, video: null };

  constructor(
    readonly offer: string,
    readonly observer: LegObserver,
    private readonly onClose: () => void,
  ) {
    this.output = new FakeSource(offer);
    this.answer = `v=0 answer to ${offer}`;
  }

  listenTo(kind: MediaKind, source: MediaSource | null): void {
    if (this.closed) throw new Error('a closed leg was connected');
    this.#heard[kind] = source as FakeSource | null;
  }

  /** The name of whom the party hears or sees. */
  heard(kind: MediaKind): string | null {
    return this.#heard[kind]?.name ?? null;
  }

  addCandidate(candidate: unknown): Promise<void> {
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  reoffer(offer: string): Promise<string> {
    return offer.includes('broken')
      ? Promise.reject(new Error('broken'))
      : Promise.resolve(`v=0 new ${offer}`);
  }

  sendDigits(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.closed) throw new Error('a leg was closed twice');
    this.closed = true;
    this.onClose();
    return Promise.resolve();
  }
}

/** Takes every offer but a broken one; can be told to take its time. */
export class FakeMedia implements MediaEngine {
  readonly holdMusic = new FakeSource('music');
  readonly legs = new Set<FakeLeg>();
  /** While set, answers wait for it. */
  gate: Promise<void> | null = null;

  get legCount(): number {
    return this.legs.size;
  }

  async answer(offer: string, observer: LegObserver): Promise<MediaLeg> {
    await this.gate;
    if (offer.includes('broken')) throw new Error('broken');
    const leg: FakeLeg = new FakeLeg(offer, observer, () => this.legs.delete(leg));
    this.legs.add(leg);
    return leg;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
