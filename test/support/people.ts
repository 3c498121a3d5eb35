/**
 * People with phones, for tests in a browser: each has a phone of the real kit, a microphone that sends one
 * tone, and ears that tell which tone arrives.
 */
import { BrowserMedia } from '../../src/media/index.js';
import {
  createPhone,
  type AudioProcessing,
  type PhoneCall,
  type PhoneHandle,
  type PhoneState,
} from '../../src/phone/index.js';

/** Headless Firefox has no running AudioContext: there its fake microphone is used, and energy is measured. */
export const HAS_TONES = !navigator.userAgent.includes('Firefox');

/** Between musical notes and DTMF, so that neither hold music nor keys can be mistaken for a voice. */
export const TONES = { alice: 807, bob: 1438, carol: 1123 } as const;

/** How often a person listens, in milliseconds. */
const EVERY_MS = 10;

const DEVICE = /^tone-(\d+)$/;
const connections = new Map<PhoneHandle, RTCPeerConnection[]>();
let context: AudioContext | undefined;
let owner: RTCPeerConnection[] | undefined;

const realGetUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
const RealPeerConnection = RTCPeerConnection;

/** What `getUserMedia` does for microphones: a failure's name, or nothing for a working one. */
export const microphone = { failure: '' };

navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
  const { audio } = constraints;
  if (!audio) return realGetUserMedia(constraints);
  if (microphone.failure) throw new DOMException('as the test wants it', microphone.failure);
  const wanted = typeof audio === 'object' ? (audio.deviceId as { exact?: string } | undefined)?.exact : '';
  const tone = DEVICE.exec(wanted ?? '')?.[1];
  if (!tone) return realGetUserMedia({ audio });
  if (!HAS_TONES) return realGetUserMedia({ audio: true });
  context ??= new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: Number(tone) });
  const level = new GainNode(context, { gain: 0.3 });
  const output = context.createMediaStreamDestination();
  oscillator.connect(level).connect(output);
  oscillator.start();
  return output.stream;
};

/** Remembers whose connection is whose. */
globalThis.RTCPeerConnection = class extends RealPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    owner?.push(this);
  }
};

class OwnedMedia extends BrowserMedia {
  readonly connections: RTCPeerConnection[] = [];

  override openCall(
    ...parameters: Parameters<BrowserMedia['openCall']>
  ): ReturnType<BrowserMedia['openCall']> {
    owner = this.connections;
    try {
      return super.openCall(...parameters);
    } finally {
      owner = undefined;
    }
  }
}

export class Person {
  readonly phone: PhoneHandle;
  readonly #connections: RTCPeerConnection[];

  /** @param tone What this person's microphone sends, in Hz. */
  constructor(
    readonly number: string,
    readonly tone: number,
  ) {
    let own: RTCPeerConnection[] = [];
    this.phone = createPhone({
      media: (observer) => {
        const media = new OwnedMedia(observer);
        own = media.connections;
        return media;
      },
    });
    this.#connections = own;
    connections.set(this.phone, own);
  }

  /** Signs in and chooses the tone microphone. */
  async signIn(server: string, password = `demo-${this.number}`): Promise<this> {
    await this.phone.chooseDevice('microphone', `tone-${this.tone}`);
    await this.phone.connect({ server, signIn: { extension: this.number, password } });
    return this;
  }

  get state(): PhoneState {
    return this.phone.getState();
  }

  /** The only call there is. */
  get call(): PhoneCall {
    const { calls } = this.state;
    if (calls.length !== 1) throw new Error(`${this.number} has ${calls.length} calls, not one`);
    return calls[0]!;
  }

  /** Waits until the state is as it should be. */
  until(what: string, fits: (state: PhoneState) => unknown): Promise<PhoneState> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!fits(this.state)) return;
        stop();
        clearTimeout(timer);
        resolve(this.state);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`${this.number} never had ${what}: ${JSON.stringify(this.state)}`));
      }, 30_000);
      const stop = this.phone.subscribe(look);
      look();
    });
  }

  /** Waits for a call in a state, and gives its id. */
  async untilCall(
    state: PhoneCall['state'],
    fits: (call: PhoneCall) => boolean = () => true,
  ): Promise<string> {
    const isIt = (call: PhoneCall) => call.state === state && fits(call);
    const found = await this.until(`a call that is ${state}`, ({ calls }) => calls.some(isIt));
    return found.calls.findLast(isIt)!.id;
  }

  /** Waits until this tone, and no other voice, is what arrives; in Firefox, until there is any sound. */
  async hears(tone: number): Promise<void> {
    await (HAS_TONES ? this.#hears(`${tone} Hz`, (peak) => Math.abs(peak - tone) < 12) : this.#hearsSound());
  }

  /**
   * Listens to a tone from now on. The function it gives stops, and tells in milliseconds the longest silence, and how
   * late a busy machine let this page listen at the most: so late may sound be here, too.
   */
  async listens(tone: number): Promise<() => { longest: number; late: number }> {
    const level = await this.#ear(2048);
    let [heardAt, longest, late, last] = [performance.now(), 0, 0, performance.now()];
    const listen = () => {
      const now = performance.now();
      late = Math.max(late, now - last - EVERY_MS);
      last = now;
      if (level(tone) > -60 && level(tone) > level(tone + 200) + 15) heardAt = now;
      longest = Math.max(longest, now - heardAt);
    };
    const timer = setInterval(listen, EVERY_MS);
    return () => {
      clearInterval(timer);
      return { longest, late };
    };
  }

  /** Waits until all these tones arrive together. */
  async hearsAll(...tones: number[]): Promise<void> {
    if (!HAS_TONES) return this.#hearsSound();
    const level = await this.#ear();
    await eventually(`${this.number} hears ${tones.join(' and ')} Hz`, () =>
      tones.every((tone) => level(tone) > -60 && level(tone) > level(tone + 100) + 15),
    );
  }

  /** Waits until a key's two tones arrive, however short they are. */
  async hearsKey(low: number, high: number): Promise<void> {
    if (!HAS_TONES) return this.#hearsSound();
    const level = await this.#ear(2048);
    await eventually(`${this.number} hears a key`, () => level(low) > -55 && level(high) > -55);
  }

  /** Waits until nobody's voice arrives: silence, or hold music. */
  async hearsNoVoice(): Promise<void> {
    const voices = Object.values(TONES);
    if (HAS_TONES)
      await this.#hears('no voice', (peak) => !voices.some((tone) => Math.abs(peak - tone) < 12));
  }

  /** Sums what all connections count. */
  async stats(type: 'inbound-rtp' | 'outbound-rtp', kind: 'audio' | 'video', field: string): Promise<number> {
    let sum = 0;
    for (const connection of this.#open()) {
      for (const entry of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
        if (entry.type === type && entry.kind === kind) sum += Number(entry[field] ?? 0);
      }
    }
    return sum;
  }

  /** Sends no sound at all any more, not even silence, as some phones do; resolves when it does not arrive any more. */
  async fallsSilent(for_: Person): Promise<void> {
    const senders = this.#open().flatMap((connection) => connection.getSenders());
    await Promise.all(senders.map((sender) => sender.replaceTrack(null)));
    let [count, since] = [-1, performance.now()];
    await eventually(`nothing of ${this.number} arrives`, async () => {
      const now = await for_.stats('inbound-rtp', 'audio', 'packetsReceived');
      if (now !== count) since = performance.now();
      count = now;
      return performance.now() - since > 1500;
    });
  }

  /** What says by which path its media go. */
  paths(): (string | undefined)[] {
    return this.#open().map(
      ({ localDescription }) => /a=ice-ufrag:(\S+)/.exec(localDescription?.sdp ?? '')?.[1],
    );
  }

  /** Waits until the microphone that is sent is treated so. Firefox's fake one is not treated, only asked to be. */
  async untilTreated(wanted: Partial<AudioProcessing>): Promise<void> {
    const names = Object.keys(wanted) as (keyof AudioProcessing)[];
    await eventually(`${this.number} sends ${JSON.stringify(wanted)}`, () => {
      const tracks = this.#open().flatMap((connection) => connection.getSenders().map(({ track }) => track));
      const track = tracks.find((one) => one?.kind === 'audio');
      const treated = HAS_TONES ? track?.getSettings() : track?.getConstraints();
      return names.every((name) => treated?.[name] === wanted[name]);
    });
  }

  /** The limit of the picture that is sent, in bits per second. */
  maxBitrate(): number | undefined {
    const senders = this.#open().flatMap((connection) => connection.getSenders());
    const video = senders.find(({ track }) => track?.kind === 'video');
    return video?.getParameters().encodings[0]?.maxBitrate;
  }

  async leave(): Promise<void> {
    await this.phone.dispose();
  }

  /** Tells the level, in dB, of a tone of what arrives now. */
  async #ear(fftSize = 8192): Promise<(tone: number) => number> {
    let track: MediaStreamTrack | undefined;
    await eventually(`${this.number} has a line`, () => {
      const receivers = this.#open().flatMap((connection) => connection.getReceivers());
      track = receivers.map((receiver) => receiver.track).findLast(({ kind }) => kind === 'audio');
      return track;
    });
    context ??= new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track!])).connect(analyser);
    const levels = new Float32Array(analyser.frequencyBinCount);
    const hertz = context.sampleRate / fftSize;
    return (tone) => {
      analyser.getFloatFrequencyData(levels);
      const bin = Math.round(tone / hertz);
      return Math.max(levels[bin - 1]!, levels[bin]!, levels[bin + 1]!);
    };
  }

  #open(): RTCPeerConnection[] {
    return this.#connections.filter(({ connectionState }) => connectionState !== 'closed');
  }

  async #hears(what: string, fits: (peak: number) => boolean): Promise<void> {
    context ??= new AudioContext();
    const tracks = this.#open().flatMap((connection) =>
      connection
        .getReceivers()
        .map(({ track }) => track)
        .filter(({ kind }) => kind === 'audio'),
    );
    const source = context.createMediaStreamSource(new MediaStream([tracks.at(-1)!]));
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    source.connect(analyser);
    const levels = new Float32Array(analyser.frequencyBinCount);
    const hertz = context.sampleRate / analyser.fftSize;
    let peak = 0;
    // Several windows in a row, so that what is left over from before does not count.
    for (let good = 0, tries = 0; good < 4; tries++) {
      if (tries > 150) throw new Error(`${this.number} does not hear ${what} but ${peak.toFixed(0)} Hz`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      analyser.getFloatFrequencyData(levels);
      const loudest = levels.reduce((best, level, index) => (level > levels[best]! ? index : best), 1);
      peak = levels[loudest]! > -70 ? loudest * hertz : 0;
      good = fits(peak) ? good + 1 : 0;
    }
    source.disconnect();
  }

  async #hearsSound(): Promise<void> {
    const before = await this.stats('inbound-rtp', 'audio', 'totalAudioEnergy');
    for (let tries = 0; tries < 150; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if ((await this.stats('inbound-rtp', 'audio', 'totalAudioEnergy')) > before + 1e-4) return;
    }
    throw new Error(`${this.number} hears nothing`);
  }
}

/** Looks again and again until it is so. */
async function eventually(what: string, look: () => unknown): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`It never came to it: ${what}`);
}
