/**
 * What a test page is given before its own scripts run: a microphone that is a steady tone, and ears. The kit
 * knows nothing of it; peer connections and `getUserMedia` are the browser's own, only watched.
 */
import type { Page } from 'puppeteer-core';
import { accountFor } from './account.js';

export interface PageOptions {
  /** The tone of this page's microphone, in Hz. */
  tone: number;
  /** The tones of its microphones when one is chosen, by name. */
  tones?: Record<string, number>;
  /** `refused` and `absent`: what the browser answers when a page asks for the microphone; `own`: the browser's. */
  microphone?: 'tone' | 'own' | 'refused' | 'absent';
  /** Media take no path but through TURN servers. */
  relayOnly?: boolean;
}

/** Loudness at the frequencies asked for, in dB (−100 and less is silence), and of the loudest one. */
export interface Spectrum {
  levels: number[];
  loudest: { hz: number; level: number };
}

declare global {
  interface Window {
    ears: {
      connections: RTCPeerConnection[];
      violations: string[];
      /** What was clicked on, in order, and when in the life of the page. */
      clicks: string[];
      /** Whether what sounds and is heard is running. */
      context(): AudioContextState | 'none';
      /** Of the newest connection; with `all`, of everything the page hears together. */
      spectrum(frequencies: number[], all?: boolean): Spectrum;
      frames(): Promise<number>;
      /** The output devices, by name, on which something is heard that the page makes itself; empty for the default. */
      sounds(): Promise<string[]>;
      openConnections(): number;
      liveMicrophones(): number;
      /** Which microphone a page gets from now on. */
      useMicrophone(which: 'tone' | 'own'): void;
    };
  }
}

/** Runs in the page: must not refer to anything outside itself. */
function install(options: PageOptions): void {
  const connections: RTCPeerConnection[] = [];
  const microphones: MediaStreamTrack[] = [];
  const violations: string[] = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
  );

  const clicks: string[] = [];
  document.addEventListener(
    'click',
    (event) => {
      const at = event.composedPath()[0] as HTMLElement;
      const words = at.textContent.replace(/\s+/g, ' ').trim().slice(0, 40);
      const name = words || at.closest('[aria-label]')?.ariaLabel;
      clicks.push(`${at.localName} "${name}" at ${Math.round(event.timeStamp)} ms`);
    },
    { capture: true },
  );

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(options.relayOnly ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
      connections.push(this);
    }
  };

  /** One for all that sounds and is heard: each takes its share of the machine for as long as the page is there. */
  let context: AudioContext | undefined;
  const audio = () => (context ??= new AudioContext({ sampleRate: 48_000 }));

  let { microphone } = options;
  // Pages outside a secure context have none.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const original = devices?.getUserMedia.bind(devices);
  const getUserMedia: MediaDevices['getUserMedia'] = async (constraints) => {
    if (!constraints?.audio) return original!(constraints);
    if (microphone === 'refused') throw new DOMException('Permission denied', 'NotAllowedError');
    if (microphone === 'absent') throw new DOMException('Requested device not found', 'NotFoundError');
    if (microphone === 'own') return original!(constraints);
    const wanted = typeof constraints.audio === 'object' ? constraints.audio.deviceId : undefined;
    const id = typeof wanted === 'object' && 'exact' in wanted ? wanted.exact : '';
    const chosen = id && (await devices!.enumerateDevices()).find(({ deviceId }) => deviceId === id);
    const context = audio();
    const oscillator = new OscillatorNode(context, {
      frequency: (chosen && options.tones?.[chosen.label]) || options.tone,
    });
    const destination = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.3 })).connect(destination);
    oscillator.start();
    // Sounds from the first moment, as a microphone does: a browser may take seconds to start its sound.
    await context.resume();
    microphones.push(...destination.stream.getAudioTracks());
    return destination.stream;
  };
  if (devices) devices.getUserMedia = getUserMedia;

  /** What has played streams, and what is in a stream once somebody asks. */
  const players = new Set<HTMLMediaElement>();
  const analysers = new WeakMap<MediaStream, AnalyserNode>();
  const isHeard = (stream: MediaStream) => {
    const analyser = analysers.get(stream) ?? new AnalyserNode(audio());
    if (!analysers.has(stream)) audio().createMediaStreamSource(stream).connect(analyser);
    analysers.set(stream, analyser);
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return samples.some((sample) => Math.abs(sample) > 0.01);
  };

  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    players.add(this);
    return play.call(this);
  };

  let listening:
    { tracks: MediaStreamTrack[]; analyser: AnalyserNode; sources: MediaStreamAudioSourceNode[] } | undefined;
  const connected = () => connections.filter((connection) => connection.connectionState === 'connected');
  const newestConnection = () => connected().at(-1);
  const remoteTracks = (all: boolean) =>
    (all ? connected() : connected().slice(-1)).flatMap(
      (connection) =>
        connection.getReceivers().find((receiver) => receiver.track.kind === 'audio')?.track ?? [],
    );

  window.ears = {
    connections,
    violations,
    clicks,
    context: () => context?.state ?? 'none',
    spectrum(frequencies, all = false) {
      const tracks = remoteTracks(all);
      if (!tracks.length)
        return { levels: frequencies.map(() => -Infinity), loudest: { hz: 0, level: -Infinity } };
      if (
        listening?.tracks.length !== tracks.length ||
        tracks.some((one) => !listening?.tracks.includes(one))
      ) {
        for (const source of listening?.sources ?? []) source.disconnect();
        const analyser = new AnalyserNode(audio(), { fftSize: 8192, smoothingTimeConstant: 0 });
        const sources = tracks.map((track) => audio().createMediaStreamSource(new MediaStream([track])));
        for (const source of sources) source.connect(analyser);
        listening = { tracks, analyser, sources };
      }
      const { analyser } = listening;
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const width = 48_000 / analyser.fftSize;
      const around = (hz: number) =>
        Math.max(...[-1, 0, 1].map((step) => bins[Math.round(hz / width) + step]!));
      let peak = 4;
      for (let index = 4; index < bins.length; index++) if (bins[index]! > bins[peak]!) peak = index;
      return {
        levels: frequencies.map(around),
        loudest: { hz: Math.round(peak * width), level: bins[peak]! },
      };
    },
    async frames() {
      const report = await newestConnection()?.getStats();
      let frames = 0;
      report?.forEach((entry: { type: string; kind?: string; framesDecoded?: number }) => {
        if (entry.type === 'inbound-rtp' && entry.kind === 'video') frames += entry.framesDecoded ?? 0;
      });
      return frames;
    },
    async sounds() {
      const names = await devices!.enumerateDevices();
      return [...players]
        .filter(({ srcObject: stream }) => {
          return stream instanceof MediaStream && stream.getAudioTracks().length && isHeard(stream);
        })
        .map(({ sinkId }) => names.find(({ deviceId }) => deviceId === sinkId)?.label ?? '');
    },
    openConnections: () => connections.filter((connection) => connection.signalingState !== 'closed').length,
    useMicrophone: (which) => (microphone = which),
    liveMicrophones: () => microphones.filter((track) => track.readyState === 'live').length,
  };
}

/** Gives a page its microphone and ears; call it before the page goes anywhere. */
export async function instrument(page: Page, options: PageOptions): Promise<void> {
  accountFor(page);
  // The test runner's compiler wraps functions in a helper that a page does not have.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
  await page.evaluateOnNewDocument(install, options);
}

/** Waits until this page hears one tone clearly and none of the others. */
export async function hears(page: Page, tone: number, not: number[] = []): Promise<void> {
  await page.waitForFunction(
    (wanted, others) => {
      const { levels } = window.ears.spectrum([wanted, ...others]);
      const [heard = -Infinity, ...rest] = levels;
      return heard > -55 && rest.every((level) => level < heard - 25);
    },
    { polling: 50 },
    tone,
    not,
  );
}

/** Waits until this page hears all of these tones together, in all its calls, and none of the others. */
export async function hearsAll(page: Page, tones: number[], not: number[] = []): Promise<void> {
  await page.waitForFunction(
    (wanted, others) => {
      const { levels } = window.ears.spectrum([...wanted, ...others], true);
      const heard = Math.min(...levels.slice(0, wanted.length));
      return heard > -55 && levels.slice(wanted.length).every((level) => level < heard - 25);
    },
    { polling: 50 },
    tones,
    not,
  );
}

/** Waits until this page hears none of these tones. */
export async function hearsNone(page: Page, tones: number[]): Promise<void> {
  await page.waitForFunction(
    (others) => window.ears.spectrum(others).levels.every((level) => level < -85),
    { polling: 50 },
    tones,
  );
}

/** Waits until this page hears something that is none of these tones: music. */
export async function hearsMusic(page: Page, tones: number[]): Promise<void> {
  await page.waitForFunction(
    (others) => {
      const { levels, loudest } = window.ears.spectrum(others);
      return loudest.level > -60 && levels.every((level) => level < loudest.level - 20);
    },
    { polling: 50 },
    tones,
  );
}

/** Waits until this page has decoded at least so many more pictures. */
export async function seesFrames(page: Page, more = 10): Promise<void> {
  const before = await page.evaluate(() => window.ears.frames());
  await page.waitForFunction(
    async (least) => (await window.ears.frames()) >= least,
    { polling: 100 },
    before + more,
  );
}
