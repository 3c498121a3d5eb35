/** The camera in calls. Loaded when it is first asked for. */
import type { Camera, MediaProblem } from '../../media/port.js';
import { SignalingError, type SignalingPort } from '../../signaling/port.js';
import type { CallDesk } from '../call-desk.js';
import type { Line } from '../line.js';
import type { CameraState } from '../state.js';

const STATES: Partial<Record<MediaProblem, CameraState>> = {
  'camera-refused': 'refused',
  'insecure-context': 'refused',
  'camera-in-use': 'in-use',
};

export class CallCameras {
  #camera!: Camera;
  readonly #desk: CallDesk;
  readonly #port: () => SignalingPort | null;

  constructor(desk: CallDesk, port: () => SignalingPort | null) {
    this.#desk = desk;
    this.#port = port;
  }

  /** Sends this camera from now on, in place of the one before. Rejects when it cannot be had. */
  async use(camera: Camera): Promise<void> {
    const before = this.#camera as Camera | undefined;
    if (camera === before) return;
    this.#camera = camera;
    for (const [id, line] of this.#desk.lines) {
      const user = line.camera;
      if (!user) continue;
      before?.detach(user);
      await camera.attach(user).catch((error: unknown) => this.#refused(id, line, error));
    }
  }

  /** Turns the camera of a call on. Rejects when there is none to be had; the call's camera state says why. */
  async on(id: string): Promise<void> {
    const line = this.#desk.lines.get(id);
    if (!line || line.camera) return;
    const user = (track: MediaStreamTrack | null) => line.useCamera(track, this.#camera.tune);
    line.camera = user;
    this.#desk.patch(id, { camera: 'starting' });
    try {
      await this.#camera.attach(user);
      if (line.camera !== user || line.closed) return;
      this.#desk.patch(id, { camera: 'on' });
      await this.tell(id);
    } catch (error) {
      if (line.camera === user) this.#refused(id, line, error);
      throw error;
    }
  }

  async off(id: string): Promise<void> {
    const line = this.#desk.lines.get(id);
    if (!line) return;
    if (line.camera) this.#camera.detach(line.camera);
    this.#off(id, line, 'off');
    await this.tell(id);
  }

  /** Tells the phone system of an answered call whether the camera is being sent, when it does not know. */
  async tell(id: string): Promise<void> {
    const line = this.#desk.lines.get(id);
    const call = this.#desk.call(id);
    const sending = call?.camera === 'on';
    if (!line || call?.state !== 'active' || line.toldVideo === sending) return;
    line.toldVideo = sending;
    await this.#port()?.act(id, { type: 'video', sending });
  }

  /** The camera was unplugged and there is no other. */
  lost(): void {
    for (const [id, line] of this.#desk.lines) {
      if (!line.camera) continue;
      this.#camera.detach(line.camera);
      this.#off(id, line, 'absent');
      // The picture is gone either way; a phone system that is gone too needs not be told.
      this.tell(id).catch(() => {});
    }
  }

  #refused(id: string, line: Line, error: unknown): never {
    // It may be the other side that refuses: nobody uses the camera then.
    if (line.camera) this.#camera.detach(line.camera);
    const problem = (error as { code?: MediaProblem }).code;
    const otherwise = error instanceof SignalingError ? 'off' : 'absent';
    this.#off(id, line, STATES[problem!] ?? otherwise);
    throw error;
  }

  #off(id: string, line: Line, camera: CameraState): void {
    line.camera = null;
    this.#desk.patch(id, { camera });
  }
}
