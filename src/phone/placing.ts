import type { MediaPort } from '../media/port.js';
import type { Description, SignalingPort } from '../signaling/port.js';
import { preparedCall } from './calls.js';
import type { Commander } from './commander.js';
import { endReason } from './failures.js';
import type { Line } from './line.js';
import type { PhoneCall } from './state.js';

/** What getting into a call needs beside its own. */
export interface Helpers {
  /** One conversation at a time: holds every other active call. */
  holdOthers(callId: string): Promise<void>;
  setCamera(callId: string, on: boolean): Promise<void>;
}

/** How this phone gets into a call. */
export interface Placing {
  /** Makes a call of this phone's own, and tells the phone system of it by `send`. */
  place(
    id: string,
    direction: PhoneCall['direction'],
    number: string,
    camera: boolean,
    send: (port: SignalingPort, callId: string, offer: Description) => Promise<void>,
  ): Promise<string>;
  /**
   * Gets everything ready that goes out with a call. Nobody's phone rings for a microphone that may be refused;
   * one that was allowed before joins when it is open, and the call does not wait for it.
   */
  prepare(id: string, line: Line, camera: boolean): Promise<void>;
}

export function placingOf({ desk, failures, port }: Commander, media: MediaPort, helpers: Helpers): Placing {
  const prepare: Placing['prepare'] = async (id, line, camera) => {
    const microphone = media.microphone.attach(line.microphone);
    const allowed = media.microphoneAllowed();
    const ready = microphone.catch(async (error: unknown) => {
      if (!(await allowed) || line.closed) throw error;
      desk.drop(id, endReason(failures.of(error, id)));
    });
    ready.catch(() => {});
    // A camera that cannot be had is the camera's state, not the call's.
    if (camera) void helpers.setCamera(id, true).catch(() => {});
    await Promise.all([
      desk.describe(id, line),
      helpers.holdOthers(id),
      allowed.then((yes) => (yes ? undefined : ready)),
    ]);
  };

  const place: Placing['place'] = async (id, direction, number, camera, send) => {
    const link = port(null);
    desk.put(preparedCall(id, direction, number, Date.now()), true);
    try {
      const line = desk.open(id, { video: camera });
      await Promise.race([line.over, prepare(id, line, camera)]);
      line.sent = true;
      await send(link, id, line.media.takeDescription());
    } catch (error) {
      const failure = failures.of(error, id);
      desk.end(id, endReason(failure));
      throw failure;
    }
    return id;
  };

  return { place, prepare };
}
