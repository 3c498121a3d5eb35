/**
 * Trying devices out, and how the microphone's sound is treated. Few pages want it, so it is loaded when
 * {@link PhoneHandle.deviceCheck} asks. Whatever is opened here is shared with the calls, and given back when
 * nobody uses it any more.
 */
import type { Camera, DevicePermission } from '../../media/port.js';
import type { AudioProcessing } from '../state.js';

export type { Camera, DevicePermission };

export interface DeviceCheck {
  /** This browser can play on another device than its default one. */
  readonly choosesOutput: boolean;
  /** What of {@link AudioProcessing} this browser can turn on and off. */
  readonly processing: readonly (keyof AudioProcessing)[];
  /** Tells the permission for a device now and whenever it changes. Returns the way to stop. */
  watchPermission(kind: 'microphone' | 'camera', changed: (permission: DevicePermission) => void): () => void;
  /** Has the browser ask the person for a device, which is given back at once. Rejects when it is not to be had. */
  ask(kind: 'microphone' | 'camera'): Promise<void>;
  /**
   * Opens the microphone and tells how loud it is, 0 to 1, twenty times a second. Brings the way to stop, which
   * gives the microphone back. Rejects when there is none to be had.
   */
  meter(report: (level: number) => void): Promise<() => void>;
  /** Plays a test sound; resolves when it is over, with false when the chosen device is gone and the default played. */
  playTestSound(kind: 'speaker' | 'ringer'): Promise<boolean>;
  /** Changes how the microphone's sound is treated: in the calls there are, and in later ones. */
  setProcessing(change: Partial<AudioProcessing>): Promise<void>;
  /** The one camera of this phone. It is on while somebody is attached to it. */
  camera(): Promise<Camera>;
}
