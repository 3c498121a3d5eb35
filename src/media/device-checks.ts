/** What tells a person whether a device works. Loaded when somebody checks one. */
import type { AudioProcessing } from './audio-processing.js';
import { Output } from './tones.js';
import type { Cadence } from './tone-table.js';

/** How often a level is told, in milliseconds. */
const LEVEL_MS = 50;
/** The quietest sound that moves the meter, in dB below full scale. */
const FLOOR_DB = -60;

/** Three rising notes: a sound that nobody takes for a call. */
const CHIME: Cadence = [
  [0.18, 523],
  [0.18, 659],
  [0.4, 784],
];
/** How long it takes, with the time a device needs to start. */
const CHIME_MS = 1000;

/** Tells how loud a track is, 0 to 1 on a scale of decibels, until it is stopped. */
export function watchLevel(track: MediaStreamTrack, report: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const stop = new AbortController();
  const resume = () => void context.resume().catch(() => {});
  for (const gesture of ['pointerdown', 'keydown'])
    addEventListener(gesture, resume, { capture: true, signal: stop.signal });
  resume();
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const decibels = 10 * Math.log10(power + 1e-12);
    report(Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB)));
  }, LEVEL_MS);
  return () => {
    clearInterval(timer);
    stop.abort();
    context.close().catch(() => {});
  };
}

/** Whether this browser can play on another device than its default one. */
export function choosesOutput(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** Plays a test sound on a device; resolves when it is over, with false when that device is not there. */
export async function playTestSound(sink: string): Promise<boolean> {
  const output = new Output(sink, true);
  const probe = new Audio() as Partial<HTMLMediaElement>;
  const there = (sink && probe.setSinkId?.(sink)) || Promise.resolve();
  try {
    output.play(CHIME, false);
    await new Promise((resolve) => setTimeout(resolve, CHIME_MS));
    return await there.then(
      () => true,
      () => false,
    );
  } finally {
    output.close();
  }
}

/** Which of these the browser can turn on and off. */
export function processingChoices(): (keyof AudioProcessing)[] {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const supported = devices?.getSupportedConstraints();
  return (['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const).filter(
    (name) => supported?.[name],
  );
}

/** Whether the person lets this page use a device; `unknown` where the browser does not tell before it asks. */
export type DevicePermission = 'granted' | 'denied' | 'prompt' | 'unknown' | 'insecure';

/** Tells the permission now and whenever it changes. Returns the way to stop. */
export function watchPermission(
  kind: 'microphone' | 'camera',
  changed: (permission: DevicePermission) => void,
): () => void {
  const stop = new AbortController();
  if (!(navigator.mediaDevices as MediaDevices | undefined)) {
    changed('insecure');
    return () => {};
  }
  navigator.permissions.query({ name: kind }).then(
    (status) => {
      if (stop.signal.aborted) return;
      changed(status.state);
      status.addEventListener('change', () => changed(status.state), { signal: stop.signal });
    },
    () => {
      if (!stop.signal.aborted) changed('unknown');
    },
  );
  return () => stop.abort();
}
