/** Sounds in turn: seconds, and the frequencies in Hz that sound together; none is silence. */
export type Cadence = readonly (readonly [seconds: number, ...frequencies: number[]])[];

/**
 * What the phone plays, over and over. 425 Hz and the rhythms are those of most European networks
 * (ITU-T E.180 supplement 2, ETSI TR 101 041).
 */
export const TONES = {
  /** This phone rings. */
  ringing: [[0.4, 523, 659], [0.2], [0.4, 523, 659], [2]],
  /** Another call rings during a conversation. */
  waiting: [[0.2, 425], [0.2], [0.2, 425], [5]],
  /** The other phone rings. */
  ringback: [[1, 425], [4]],
  busy: [[0.5, 425], [0.5]],
  congestion: [[0.25, 425], [0.25]],
} as const satisfies Record<string, Cadence>;

export type ToneName = keyof typeof TONES;

const KEYS = '123A456B789C*0#D';
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];

/** The pair of frequencies of a key (ITU-T Q.23); null for what is not a key. */
export function keyFrequencies(key: string): [row: number, column: number] | null {
  const index = key.length === 1 ? KEYS.indexOf(key.toUpperCase()) : -1;
  return index < 0 ? null : [ROWS[index >> 2]!, COLUMNS[index & 3]!];
}
