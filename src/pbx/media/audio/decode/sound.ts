/** What a decoder yields, piece by piece. */
export interface Sound {
  /** One array of samples between -1 and 1 for each channel, all of one length. */
  readonly channels: readonly Float32Array[];
  /** Samples per second. */
  readonly rate: number;
}

export type Decoded = Iterable<Sound> | AsyncIterable<Sound>;

/** A file of a kind that is not read here, though something else may be able to. The message names the kind. */
export class ForeignFormat extends Error {
  override readonly name = 'ForeignFormat';
}
