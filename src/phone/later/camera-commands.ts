import type { MediaPort } from '../../media/port.js';
import type { SignalingEvent } from '../../signaling/port.js';
import type { Commander } from '../commander.js';
import { CallCameras } from './call-cameras.js';

/** The camera in a phone's calls. */
export class CameraCommands {
  /** One's own picture. */
  self: MediaStream | null = null;
  readonly #commander: Commander;
  readonly #media: MediaPort;
  readonly #cameras: CallCameras;

  constructor(commander: Commander, media: MediaPort) {
    this.#commander = commander;
    this.#media = media;
    this.#cameras = new CallCameras(commander.desk, () => commander.link.port);
  }

  async setCamera(callId: string, on: boolean): Promise<void> {
    const { desk, failures, call } = this.#commander;
    if (call(callId).state === 'ended' || !desk.lines.has(callId)) {
      throw failures.problem('wrong-state', callId);
    }
    await this.#opened(callId, () => this.#cameras[on ? 'on' : 'off'](callId));
  }

  /** Takes the next camera there is, and gives its id to `chosen`. */
  async switchCamera(chosen: (camera: string) => Promise<void>): Promise<void> {
    await this.#opened(null, async () => chosen(await (await this.#media.camera()).switch()));
  }

  /** The camera in use is gone, and there is no other. */
  lost(): void {
    if (this.self) this.#cameras.lost();
  }

  heard(event: SignalingEvent): void {
    if (event.type !== 'call' || event.call.kind !== 'call') return;
    const { id } = event.call;
    // Only an answered call has somebody to tell.
    this.#cameras.tell(id).catch((error: unknown) => this.#commander.failures.of(error, id));
  }

  async #opened(callId: string | null, run: () => Promise<void>): Promise<void> {
    try {
      const camera = await this.#media.camera();
      this.self = camera.stream;
      await this.#cameras.use(camera);
      await run();
    } catch (error) {
      throw this.#commander.failures.of(error, callId);
    }
  }
}
