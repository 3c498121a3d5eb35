/**
 * The music on hold: a slow tune of soft bells over a warm chord, composed for this phone system and synthesised
 * when it is first needed. All its notes are of the D major pentatonic scale, and no note has more than three
 * partials, so nothing in it comes near 807 or 1438 Hz, the tones by which tests know a party.
 */

export const TUNE_SAMPLE_RATE = 48_000;

const BEATS_PER_MINUTE = 69;
const BEATS_PER_BAR = 4;
const SECONDS_PER_BAR = (60 / BEATS_PER_MINUTE) * BEATS_PER_BAR;

/** The notes in Hz: D E F# A B, in equal temperament from A4 = 440 Hz. */
const HZ = {
  D3: 146.83,
  E3: 164.81,
  Fs3: 185.0,
  A3: 220.0,
  B3: 246.94,
  D4: 293.66,
  E4: 329.63,
  Fs4: 369.99,
  A4: 440.0,
  B4: 493.88,
  D5: 587.33,
  E5: 659.26,
} as const;

type Note = keyof typeof HZ;

/** A chord for the whole bar, and the melody in eighths of a bar; `null` is a rest or lets a note ring on. */
interface Bar {
  readonly chord: readonly Note[];
  readonly melody: readonly (Note | null)[];
}

const _ = null;

const BARS: readonly Bar[] = [
  { chord: ['D3', 'A3', 'Fs4'], melody: ['D4', _, 'Fs4', _, 'A4', _, _, 'B4'] },
  { chord: ['B3', 'D4', 'Fs4'], melody: ['D5', _, _, 'B4', 'A4', _, _, _] },
  { chord: ['E3', 'B3', 'E4'], melody: ['B4', _, 'A4', _, 'Fs4', _, 'E4', _] },
  { chord: ['A3', 'E4', 'B4'], melody: ['Fs4', _, _, 'E4', _, _, _, _] },
  { chord: ['D3', 'A3', 'Fs4'], melody: ['A3', _, 'D4', _, 'Fs4', _, _, 'A4'] },
  { chord: ['B3', 'Fs4', 'A4'], melody: ['B4', _, _, 'D5', 'E5', _, _, _] },
  { chord: ['E3', 'B3', 'D4'], melody: ['D5', _, 'B4', _, 'A4', _, 'Fs4', _] },
  { chord: ['D3', 'A3', 'D4'], melody: ['E4', _, _, 'D4', _, _, _, _] },
  { chord: ['Fs3', 'A3', 'D4'], melody: ['A4', _, _, 'Fs4', _, 'A4', _, 'B4'] },
  { chord: ['B3', 'D4', 'A4'], melody: ['Fs4', _, 'E4', _, 'D4', _, _, _] },
  { chord: ['A3', 'E4', 'B4'], melody: ['E4', _, 'Fs4', _, 'A4', _, 'E4', _] },
  { chord: ['D3', 'A3', 'D4'], melody: ['D4', _, _, _, 'A3', _, _, _] },
];

interface Voice {
  readonly hz: number;
  readonly start: number;
  readonly seconds: number;
  readonly level: number;
  /** Partials above the fundamental, as parts of its level. */
  readonly partials: readonly number[];
  readonly attack: number;
  /** How fast the tone dies away, per second. */
  readonly decay: number;
}

const RELEASE_SECONDS = 0.25;

/** Length of the tune in samples; it goes round from there. */
export const TUNE_SAMPLES = Math.round(BARS.length * SECONDS_PER_BAR * TUNE_SAMPLE_RATE);

const VOICES: readonly Voice[] = BARS.flatMap((bar, index) => {
  const start = index * SECONDS_PER_BAR;
  const chord = bar.chord.map((note) => ({
    ...{ hz: HZ[note], start, seconds: SECONDS_PER_BAR + 0.4 },
    ...{ level: 0.05, partials: [0.18], attack: 0.7, decay: 0.12 },
  }));
  const bells = bar.melody.flatMap((note, eighth) => {
    if (note === null) return [];
    const at = start + (eighth * SECONDS_PER_BAR) / bar.melody.length;
    return [
      {
        ...{ hz: HZ[note], start: at, seconds: 2.2 },
        ...{ level: 0.13, partials: [0.16, 0.03], attack: 0.025, decay: 2.1 },
      },
    ];
  });
  return [...chord, ...bells];
});

/** Writes the samples from `from` on into `samples`, mono, between -1 and 1. */
export function synthesise(from: number, samples: Float32Array): void {
  samples.fill(0);
  for (const voice of VOICES) {
    // What rings on past the end sounds at the beginning of the next round.
    for (const round of [0, TUNE_SAMPLES]) addVoice(voice, from + round, samples);
  }
}

function addVoice(voice: Voice, from: number, samples: Float32Array): void {
  const first = Math.round(voice.start * TUNE_SAMPLE_RATE);
  const begin = Math.max(0, first - from);
  const end = Math.min(samples.length, first + Math.round(voice.seconds * TUNE_SAMPLE_RATE) - from);
  for (let at = begin; at < end; at++) {
    const seconds = (from + at - first) / TUNE_SAMPLE_RATE;
    const phase = 2 * Math.PI * voice.hz * seconds;
    let tone = Math.sin(phase);
    for (const [index, part] of voice.partials.entries()) tone += part * Math.sin(phase * (index + 2));
    samples[at]! += tone * voice.level * envelope(voice, seconds);
  }
}

/** Rises and falls without a corner, so that a note does not click. */
function envelope(voice: Voice, seconds: number): number {
  const rise = seconds < voice.attack ? 0.5 - 0.5 * Math.cos((Math.PI * seconds) / voice.attack) : 1;
  const left = voice.seconds - seconds;
  const fall = left < RELEASE_SECONDS ? 0.5 - 0.5 * Math.cos((Math.PI * left) / RELEASE_SECONDS) : 1;
  return rise * fall * Math.exp(-voice.decay * Math.max(0, seconds - voice.attack));
}
