/**
 * A browser page with one bare peer connection and a tone for a microphone, for tests that talk to the media engine
 * without the kit. What the page hears and sees is measured in the page.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import type { MediaEngine, MediaLeg } from '../../src/pbx/media/engine.js';

export interface PeerOptions {
  /** The tone of the page's microphone, in Hz; null for the browser's own fake microphone. */
  tone?: number | null;
  /** Sends the browser's fake camera too. */
  video?: boolean;
  /** Leaves the video section out of the offer. */
  audioOnly?: boolean;
}

/** What a page can be asked; installed by {@link install}. */
interface InPage {
  offer(options: PeerOptions): Promise<string>;
  restart(): Promise<string>;
  answer(sdp: string): Promise<void>;
  level(hz: number): number;
  press(digits: string): void;
  stats(): Promise<Record<string, Record<string, number>>>;
  connectionState(): string;
  close(): void;
}

declare global {
  interface Window {
    peer: InPage;
  }
}

/** Runs in the page: must not refer to anything outside itself. */
function install(): void {
  let pc: RTCPeerConnection;
  let context: AudioContext;
  let analyser: AnalyserNode;
  let spectrum: Float32Array<ArrayBuffer>;

  function listen(track: MediaStreamTrack): void {
    const stream = new MediaStream([track]);
    const element = new Audio();
    element.srcObject = stream;
    void element.play();
    analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(stream).connect(analyser);
    spectrum = new Float32Array(analyser.frequencyBinCount);
  }

  function show(track: MediaStreamTrack): void {
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    document.body.append(video);
    void video.play();
  }

  async function microphone(tone: number | null): Promise<MediaStreamTrack> {
    if (tone === null)
      return (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0]!;
    const oscillator = new OscillatorNode(context, { frequency: tone });
    const destination = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.3 })).connect(destination);
    oscillator.start();
    return destination.stream.getAudioTracks()[0]!;
  }

  window.peer = {
    async offer({ tone = 807, video = false, audioOnly = false }) {
      context = new AudioContext({ sampleRate: 48_000 });
      pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
      pc.ontrack = ({ track }) => (track.kind === 'audio' ? listen(track) : show(track));
      pc.addTransceiver(await microphone(tone), { direction: 'sendrecv' });
      if (!audioOnly) {
        const size = { width: 320, height: 240, frameRate: 15 };
        const camera = video ? await navigator.mediaDevices.getUserMedia({ video: size }) : null;
        pc.addTransceiver(camera?.getVideoTracks()[0] ?? 'video', { direction: 'sendrecv' });
      }
      await pc.setLocalDescription();
      return pc.localDescription!.sdp;
    },
    async restart() {
      pc.restartIce();
      await pc.setLocalDescription();
      return pc.localDescription!.sdp;
    },
    answer: (sdp) => pc.setRemoteDescription({ type: 'answer', sdp }),
    level(hz) {
      if (!analyser) return -Infinity;
      analyser.getFloatFrequencyData(spectrum);
      const bin = Math.round((hz * analyser.fftSize) / context.sampleRate);
      return Math.max(...spectrum.subarray(bin - 1, bin + 2));
    },
    press: (digits) => pc.getSenders()[0]!.dtmf!.insertDTMF(digits, 100, 70),
    async stats() {
      const found: Record<string, Record<string, number>> = {};
      for (const entry of (await pc.getStats()).values()) {
        if (/^(in|out)bound-rtp$/.test(entry.type)) found[`${entry.type} ${entry.kind}`] = entry;
      }
      return found;
    },
    connectionState: () => pc.connectionState,
    close: () => {
      pc.close();
      void context.close();
    },
  };
}

/** Louder than this, in dB of the analyser, is a tone. */
export const HEARD = -45;
/** Quieter than this is none. */
export const SILENT = -70;

/** What reached a leg's observer, and ways to wait for it. */
export interface Observed {
  connected: number;
  failed: string[];
  digits: string;
}

/** A party: a page, its leg in the engine, and what the leg reported. */
export class PeerPage {
  leg!: MediaLeg;
  readonly observed: Observed = { connected: 0, failed: [], digits: '' };

  private constructor(
    readonly page: Page,
    private readonly engine: MediaEngine,
  ) {}

  static async open(site: PeerSite, engine: MediaEngine): Promise<PeerPage> {
    return new PeerPage(await site.newPage(), engine);
  }

  /** Offers, is answered by the engine, and is connected when this resolves. */
  async call(options: PeerOptions = {}): Promise<void> {
    const offer = await this.page.evaluate((given) => window.peer.offer(given), options);
    this.leg = await this.engine.answer(offer, {
      connected: () => (this.observed.connected += 1),
      failed: (message) => this.observed.failed.push(message),
      digit: (digit) => (this.observed.digits += digit),
    });
    await this.answer(this.leg.answer);
    await this.until(() => window.peer.connectionState() === 'connected');
  }

  /** Offers, is answered by somebody else than the engine itself, and is connected when this resolves. */
  async callBy(answerer: (offer: string) => Promise<string>, options: PeerOptions = {}): Promise<void> {
    const offer = await this.page.evaluate((given) => window.peer.offer(given), options);
    await this.answer(await answerer(offer));
    await this.until(() => window.peer.connectionState() === 'connected');
  }

  answer(sdp: string): Promise<void> {
    return this.page.evaluate((answer) => window.peer.answer(answer), sdp);
  }

  /** Restarts ICE and waits until the connection stands again. */
  async restartIce(): Promise<void> {
    await this.answer(await this.leg.reoffer(await this.page.evaluate(() => window.peer.restart())));
    await this.until(() => window.peer.connectionState() === 'connected');
  }

  /** Resolves when the tone is heard, with how long that took in milliseconds. */
  async hears(hz: number, threshold = HEARD): Promise<number> {
    const from = performance.now();
    await this.until(([tone, loud]) => window.peer.level(tone!) > loud!, [hz, threshold]);
    return performance.now() - from;
  }

  /** Resolves when the tone is no longer heard. */
  async lost(hz: number): Promise<void> {
    await this.until(([tone, quiet]) => window.peer.level(tone!) < quiet!, [hz, SILENT]);
  }

  level(hz: number): Promise<number> {
    return this.page.evaluate((tone) => window.peer.level(tone), hz);
  }

  press(digits: string): Promise<void> {
    return this.page.evaluate((keys) => window.peer.press(keys), digits);
  }

  stats(): Promise<Record<string, Record<string, number>>> {
    return this.page.evaluate(() => window.peer.stats());
  }

  /** Resolves when so many more pictures have been decoded. */
  async decodes(frames: number): Promise<void> {
    const before = (await this.stats())['inbound-rtp video']?.framesDecoded ?? 0;
    await this.page.waitForFunction(
      async (wanted) => ((await window.peer.stats())['inbound-rtp video']?.framesDecoded ?? 0) >= wanted,
      { polling: 100 },
      before + frames,
    );
  }

  async close(): Promise<void> {
    await this.leg?.close();
    await this.page.close();
  }

  private async until<T>(condition: (given: T) => unknown, given?: T): Promise<void> {
    await this.page.waitForFunction(condition as never, { polling: 20 }, given as never);
  }
}

/** Serves the empty page that peers live on. */
export class PeerSite {
  private constructor(
    private readonly browser: Browser,
    private readonly server: ReturnType<typeof createServer>,
    private readonly url: string,
  ) {}

  static async start(browser: Browser): Promise<PeerSite> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Peer</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new PeerSite(browser, server, `http://127.0.0.1:${port}/`);
  }

  async newPage(): Promise<Page> {
    const page = await this.browser.newPage();
    // The test runner's transpiler names functions by this helper, which the page does not have.
    await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
    await page.evaluateOnNewDocument(install);
    await page.goto(this.url);
    return page;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const SILENT_LOG = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child() {
    return this;
  },
};
