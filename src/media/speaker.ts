/** Plays what the far side of one call sends. */
export class Speaker {
  readonly #audio = new Audio();
  readonly #blocked: () => void;

  /** @param blocked Called when the browser wants a click before it plays sound. */
  constructor(track: MediaStreamTrack, sink: string, blocked: () => void) {
    this.#blocked = blocked;
    this.#audio.srcObject = new MediaStream([track]);
    if (sink) this.setSink(sink).catch(() => {});
    void this.play();
  }

  async play(): Promise<void> {
    try {
      await this.#audio.play();
    } catch (error) {
      // Anything else is a call that ended before it had sound.
      if ((error as Error).name === 'NotAllowedError') this.#blocked();
    }
  }

  /** Chooses the device, where the browser can. Rejects when it is not there. */
  async setSink(id: string): Promise<void> {
    const audio = this.#audio as { setSinkId?: (id: string) => Promise<void> } & HTMLAudioElement;
    await audio.setSinkId?.(id);
  }

  close(): void {
    this.#audio.pause();
    this.#audio.srcObject = null;
  }
}
