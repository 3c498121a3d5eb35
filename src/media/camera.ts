/** The camera. Loaded when it is first used. */
import type { MediaError } from './media-error.js';
import { SharedTrack, type TrackUser } from './shared-track.js';

/** The highest bit rate that `setQuality(0, 100)` stands for. */
const BEST_BITRATE = 2_500_000;

/**
 * The one camera of a phone: calls and the self-view share it, and it is on only while somebody uses it.
 * The JavaScript API publishes it as `OzCamera`.
 */
export class Camera {
  /** The self-view. The same stream for good; its track comes and goes with the camera. */
  readonly stream = new MediaStream();
  /** Who hears that the camera went away: with null when another one took its place. */
  readonly losses = new Set<(problem: MediaError | null) => void>();
  readonly #track: SharedTrack;
  #maxBitrate = 0;
  readonly #users = new Set<TrackUser>();
  #id = '';
  #name = '';

  /** @param track The device, of the kind `video`. */
  constructor(track: SharedTrack) {
    this.#track = track;
    this.#mode(640, 480, 30);
  }

  /**
   * A camera over a device; touches it when it is first attached.
   *
   * @param id The device's id; empty for the browser's default.
   * @param name What to call it while it is off.
   */
  static open(id = '', name = ''): Camera {
    const track = new SharedTrack('video', {}, (problem) => {
      for (const told of camera.losses) told(problem);
    });
    const camera: Camera = new Camera(track);
    camera.#id = id;
    camera.#name = name;
    void track.choose(id);
    return camera;
  }

  /** The names of the cameras; empty ones until the person allowed a camera. */
  static async getNames(): Promise<string[]> {
    return (await cameras()).map(({ label }) => label);
  }

  /** The live track; null while the camera is off. */
  get track(): MediaStreamTrack | null {
    return this.#track.source;
  }

  /** Frames per second of the live track; 0 while the camera is off. */
  get fps(): number {
    return this.track?.getSettings().frameRate ?? 0;
  }

  get height(): number {
    return this.track?.getSettings().height ?? 0;
  }

  get width(): number {
    return this.track?.getSettings().width ?? 0;
  }

  /** The name of the camera that is on, or else of the chosen one. */
  get name(): string {
    return this.track?.label ?? this.#name;
  }

  /** Limits what a call sends to what {@link setQuality} asked for. */
  readonly tune = async (sender: RTCRtpSender): Promise<void> => {
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) {
      if (this.#maxBitrate) encoding.maxBitrate = this.#maxBitrate;
      else delete encoding.maxBitrate;
    }
    // A limit that this browser does not take is no reason to end the call.
    await sender.setParameters(parameters).catch(() => {});
  };

  /** Gives a user the camera's track, and every later one. Rejects with a `MediaError`. */
  async attach(user: TrackUser): Promise<void> {
    this.#users.add(user);
    try {
      // The self-view first: it is there when the far side sees the picture.
      await this.#track.attach(this.#show);
      // Detached meanwhile, perhaps because the call ended.
      if (this.#users.has(user)) await this.#track.attach(user);
    } catch (error) {
      this.detach(user);
      throw error;
    }
  }

  detach(user: TrackUser): void {
    this.#users.delete(user);
    this.#track.detach(user);
    if (this.#users.size === 0) this.#track.detach(this.#show);
  }

  /** Chooses a camera by device id; empty for the browser's default. */
  async choose(id: string): Promise<void> {
    this.#id = id;
    this.#name = (await cameras()).find((camera) => camera.deviceId === id)?.label ?? '';
    await this.#track.choose(id);
  }

  /** Chooses the camera at an index of {@link getNames}; false when there is none. */
  async chooseByIndex(index: number): Promise<boolean> {
    const camera = (await cameras())[index];
    if (camera) await this.choose(camera.deviceId);
    return camera !== undefined;
  }

  /** Chooses a camera by its name; false when there is none. Without a name, the browser's default. */
  async chooseByName(name?: string): Promise<boolean> {
    const camera = (await cameras()).find(({ label }) => label === name);
    if (camera || name === undefined) await this.choose(camera?.deviceId ?? '');
    return camera !== undefined || name === undefined;
  }

  /** Takes the next camera there is and returns its device id. */
  async switch(): Promise<string> {
    const all = await cameras();
    const now = this.track?.getSettings().deviceId ?? this.#id;
    const next = all[(all.findIndex(({ deviceId }) => deviceId === now) + 1) % all.length]?.deviceId ?? '';
    await this.choose(next);
    return next;
  }

  /** Asks for a size in pixels and a rate in frames per second; the camera comes as near as it can. */
  async setMode(width: number, height: number, fps: number): Promise<void> {
    this.#mode(width, height, fps);
    await this.track?.applyConstraints(this.#track.constraints);
  }

  /**
   * Limits what is sent, in calls the camera is in and in later ones.
   *
   * @param bandwidth Bytes per second; 0 for as much as needed.
   * @param quality 1 to 100; 0 to let it vary.
   */
  setQuality(bandwidth: number, quality: number): void {
    const limits = [bandwidth * 8, (quality / 100) * BEST_BITRATE].filter((limit) => limit > 0);
    this.#maxBitrate = limits.length ? Math.round(Math.min(...limits)) : 0;
    for (const user of this.#users) user(this.track);
  }

  #mode(width: number, height: number, fps: number): void {
    this.#track.constraints = {
      width: { ideal: width },
      height: { ideal: height },
      frameRate: { ideal: fps },
    };
  }

  readonly #show = (track: MediaStreamTrack | null): void => {
    for (const old of this.stream.getTracks()) if (old !== track) this.stream.removeTrack(old);
    if (track) this.stream.addTrack(track);
  };
}

async function cameras(): Promise<MediaDeviceInfo[]> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return (await devices?.enumerateDevices())?.filter(({ kind }) => kind === 'videoinput') ?? [];
}
