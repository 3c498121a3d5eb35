/** Where recordings lie, and the addresses under which they can be fetched. */
export interface Recordings {
  readonly folder: string;
  /** The address of a recording: `http://pbx:7780/HttpRecordings/21d7….mp3`. */
  urlOf(fileName: string): string;
}
