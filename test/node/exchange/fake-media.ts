import type {
  Clip,
  LegObserver,
  MediaDirection,
  MediaEngine,
  MediaKind,
  MediaMixer,
  MediaPacket,
  MediaPlayer,
  MediaSource,
  OfferedLeg,
  PhoneLeg,
} from '../../../src/pbx/media/engine.js';

/** A source that is only known by its name. */
class FakeSource implements MediaSource {
  keyFrames = 0;
  constructor(readonly name: string) {}
  /** Says its name at once, so that whoever listens through others can be told whom they hear. */
  subscribe(_kind: MediaKind, listener: (packet: MediaPacket) => void): () => void {
    const payload = Buffer.from(this.name);
    listener({ payload, sequence: 0, timestamp: 0, marker: false, codec: 'opus' });
    return () => {};
  }
  requestKeyFrame(): void {
    this.keyFrames += 1;
  }
}

/** Knows who is in it, and nothing of sound. */
export class FakeMixer implements MediaMixer {
  readonly sources: MediaSource[] = [];
  readonly #everybody = new FakeSource('mix');

  constructor(private readonly onClose: () => void) {}

  add(source: MediaSource): () => void {
    this.sources.push(source);
    return () => {
      const at = this.sources.indexOf(source);
      if (at < 0) throw new Error('a source was taken out of a mixer twice');
      this.sources.splice(at, 1);
    };
  }

  output(except?: MediaSource): MediaSource {
    return except ? new FakeMix(this, except) : this.#everybody;
  }

  readonly taps = new Set<(frame: Int16Array) => void>();

  tap(listener: (frame: Int16Array) => void): () => void {
    this.taps.add(listener);
    return () => this.taps.delete(listener);
  }

  /** The names of whom it mixes; a seat that nobody sits on has none. */
  names(except?: MediaSource): string[] {
    return this.sources.filter((source) => source !== except).flatMap((source) => nameOf(source) ?? []);
  }

  close(): void {
    this.onClose();
  }
}

/** What a mixer sends to one who is in it. */
class FakeMix extends FakeSource {
  constructor(
    readonly mixer: FakeMixer,
    readonly except: MediaSource,
  ) {
    super('mix without itself');
  }
}

/** Plays without sound: what is played goes on until it is told to be over. */
export class FakePlayer extends FakeSource implements MediaPlayer {
  readonly played: Clip[] = [];
  closed = false;
  #settle: ((how: 'finished' | 'stopped') => void) | null = null;

  constructor(private readonly onClose: () => void) {
    super('player');
  }

  play(clip: Clip): Promise<'finished' | 'stopped'> {
    this.stop();
    if (this.closed) return Promise.resolve('stopped');
    this.played.push(clip);
    return new Promise((resolve) => (this.#settle = resolve));
  }

  /** Whether a clip is being played. */
  get isPlaying(): boolean {
    return this.#settle !== null;
  }

  /** The clip that plays is over. */
  finish(): void {
    this.#end('finished');
  }

  stop(): void {
    this.#end('stopped');
  }

  close(): void {
    if (this.closed) throw new Error('a player was closed twice');
    this.closed = true;
    this.stop();
    this.onClose();
  }

  #end(how: 'finished' | 'stopped'): void {
    this.#settle?.(how);
    this.#settle = null;
  }
}

/** Whom a source is, also behind a relay. */
function nameOf(source: MediaSource): string | null {
  if (source instanceof FakeSource) return source.name;
  let name: string | null = null;
  source.subscribe('audio', (packet) => (name = packet.payload.toString()))();
  return name;
}

/** The media of a leg, as far as the exchange can tell: whom it was connected to. */
export class FakeLeg implements PhoneLeg {
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

  /** What the party hears or sees: a real source where another engine made it. */
  source(kind: MediaKind): MediaSource | null {
    return this.#heard[kind];
  }

  /** The names of everybody the party hears. */
  get hearsAll(): string[] {
    const heard = this.#heard.audio;
    if (heard instanceof FakeMix) return heard.mixer.names(heard.except).sort();
    return heard ? [heard.name] : [];
  }

  addCandidate(candidate: unknown): Promise<void> {
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  /** How often its path was broken. */
  broken = 0;

  breakPath(): void {
    this.broken += 1;
  }

  reoffer(offer: string): Promise<string> {
    return offer.includes('broken')
      ? Promise.reject(new Error('broken'))
      : Promise.resolve(`v=0 new ${offer}`);
  }

  /** Digits that were sent to the party. */
  digits = '';

  /** While set, digits wait for it. */
  digitGate: Promise<void> | null = null;

  async sendDigits(digits: string): Promise<void> {
    await this.digitGate;
    this.digits += digits;
  }

  close(): Promise<void> {
    if (this.closed) throw new Error('a leg was closed twice');
    this.closed = true;
    this.onClose();
    return Promise.resolve();
  }
}

/** The leg of a trunk; keeps what it was asked and told. */
export class FakeTrunkLeg extends FakeLeg implements OfferedLeg {
  readonly accepted: string[] = [];
  isHeldByFarSide = false;
  /** The direction of the offer that waits for its answer. */
  proposed: MediaDirection | null = null;

  offerAnew(direction: MediaDirection): Promise<string> {
    this.proposed = direction;
    return Promise.resolve(`v=0 anew ${direction}`);
  }

  accept(answer: string): Promise<void> {
    if (answer.includes('broken')) return Promise.reject(new Error('broken'));
    this.accepted.push(answer);
    this.proposed = null;
    return Promise.resolve();
  }

  withdraw(): void {
    this.proposed = null;
  }
}

/** Takes every offer but a broken one; can be told to take its time. */
export class FakeMedia implements MediaEngine {
  readonly holdMusic = new FakeSource('music');
  readonly legs = new Set<FakeLeg>();
  readonly mixers = new Set<FakeMixer>();
  readonly players = new Set<FakePlayer>();
  /** While set, answers wait for it. */
  gate: Promise<void> | null = null;

  get legCount(): number {
    return this.legs.size;
  }

  async answer(offer: string, observer: LegObserver): Promise<PhoneLeg> {
    await this.gate;
    if (offer.includes('broken')) throw new Error('broken');
    const leg: FakeLeg = new FakeLeg(offer, observer, () => this.legs.delete(leg));
    this.legs.add(leg);
    return leg;
  }

  async answerTrunk(offer: string, observer: LegObserver): Promise<FakeTrunkLeg> {
    await this.gate;
    if (offer.includes('broken')) throw new Error('broken');
    return this.#addTrunk(offer, observer);
  }

  async offerTrunk(observer: LegObserver): Promise<FakeTrunkLeg> {
    await this.gate;
    return this.#addTrunk('v=0 offer', observer);
  }

  #addTrunk(offer: string, observer: LegObserver): FakeTrunkLeg {
    const leg: FakeTrunkLeg = new FakeTrunkLeg(offer, observer, () => this.legs.delete(leg));
    this.legs.add(leg);
    return leg;
  }

  createMixer(): FakeMixer {
    const mixer: FakeMixer = new FakeMixer(() => this.mixers.delete(mixer));
    this.mixers.add(mixer);
    return mixer;
  }

  createPlayer(): FakePlayer {
    const player: FakePlayer = new FakePlayer(() => this.players.delete(player));
    this.players.add(player);
    return player;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
