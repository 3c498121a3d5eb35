import { deviceError, MediaError } from './media-error.js';

/** Takes the track to use from now on; null when there is none any more. */
export type TrackUser = (track: MediaStreamTrack | null) => void;

/**
 * One device that several calls use at once. It is opened for the first user and given back with the last, so
 * that no indicator stays lit. When the person chooses another device, or the one in use is unplugged, every
 * user gets a track of the new one.
 */
export class SharedTrack {
  /** Devices that are open now, over all instances; for tests that look for leaks. */
  static open = 0;

  readonly #kind: 'audio' | 'video';
  readonly #lost: (problem: MediaError | null) => void;
  readonly #users = new Map<TrackUser, MediaStreamTrack | null>();
  #source: MediaStreamTrack | null = null;
  #queue: Promise<void> = Promise.resolve();
  #deviceId = '';

  /**
   * @param constraints Asked for at each opening, beside the device.
   * @param lost Called when the device in use went away: with null when another one took its place.
   */
  constructor(
    kind: 'audio' | 'video',
    public constraints: MediaTrackConstraints,
    lost: (problem: MediaError | null) => void,
  ) {
    this.#kind = kind;
    this.#lost = lost;
  }

  /** The device that is open now. */
  get source(): MediaStreamTrack | null {
    return this.#source;
  }

  /** Gives a user the track, and every later one. Rejects with a {@link MediaError}; the user is not kept then. */
  async attach(user: TrackUser): Promise<void> {
    if (this.#users.has(user)) return;
    this.#users.set(user, null);
    try {
      await this.#run(false);
    } catch (error) {
      this.detach(user);
      throw error;
    }
  }

  /** Takes the track away from a user. */
  detach(user: TrackUser): void {
    const track = this.#users.get(user);
    if (this.#users.delete(user) && track) {
      user(null);
      if (track !== this.#source) track.stop();
    }
    this.#closeUnused();
  }

  /** Uses another device from now on; empty for the browser's default. */
  async choose(deviceId: string): Promise<void> {
    this.#deviceId = deviceId;
    await this.#run(true);
  }

  /**
   * Opens the device anew, as {@link constraints} are by now. It is closed first, with all copies: what is opened
   * beside an open one is treated as that one, whatever was asked for (measured in Chromium).
   */
  async reopen(): Promise<void> {
    this.#queue = this.#queue.then(() => {
      this.#silence();
      this.#close();
    });
    await this.#run(true);
  }

  /** Every opening waits for the one before, so that none overtakes another. */
  #run(renew: boolean): Promise<void> {
    const run = this.#queue.then(() => this.#open(renew));
    this.#queue = run.catch(() => {});
    return run;
  }

  async #open(renew: boolean): Promise<void> {
    if (this.#users.size === 0) return;
    if (renew || !this.#source) {
      const source = await this.#request();
      this.#close();
      this.#source = source;
      SharedTrack.open++;
      source.onended = () => this.#unplugged(source);
      renew = true;
    }
    for (const [user, old] of this.#users) {
      if (old && !renew) continue;
      // Each call mutes its own copy of the microphone. A camera is one for all.
      const track = this.#kind === 'audio' ? this.#source.clone() : this.#source;
      this.#users.set(user, track);
      user(track);
      old?.stop();
    }
    this.#closeUnused();
  }

  async #request(): Promise<MediaStreamTrack> {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices) throw new MediaError('insecure-context');
    const ask = (device: MediaTrackConstraints) =>
      devices.getUserMedia({ [this.#kind]: { ...this.constraints, ...device } });
    try {
      const chosen = this.#deviceId
        ? // A device that is not there any more is no reason to have none.
          ask({ deviceId: { exact: this.#deviceId } }).catch((error: Error) => {
            if (error.name === 'NotAllowedError') throw error;
            return ask({});
          })
        : ask({});
      return (await chosen).getTracks()[0]!;
    } catch (error) {
      throw deviceError(this.#kind, error);
    }
  }

  #unplugged(source: MediaStreamTrack): void {
    if (source !== this.#source) return;
    this.#close();
    this.#run(true).then(
      () => this.#lost(null),
      (error: MediaError) => {
        this.#silence();
        this.#lost(error);
      },
    );
  }

  /** Takes the track away from all users, who stay. */
  #silence(): void {
    for (const [user, track] of this.#users) {
      this.#users.set(user, null);
      user(null);
      track?.stop();
    }
  }

  #closeUnused(): void {
    if (this.#users.size === 0) this.#close();
  }

  #close(): void {
    if (!this.#source) return;
    SharedTrack.open--;
    this.#source.onended = null;
    this.#source.stop();
    this.#source = null;
  }
}

/** Whether the person allowed the microphone before; false also where the browser does not tell. */
export async function microphoneAllowed(): Promise<boolean> {
  // Outside a secure context there is none to be allowed.
  if (!(navigator.mediaDevices as MediaDevices | undefined)) return false;
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' });
    return state === 'granted';
  } catch {
    return false;
  }
}
