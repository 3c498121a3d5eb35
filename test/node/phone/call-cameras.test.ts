/** The camera in a call whose other side may refuse it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MediaError } from '../../../src/media/media-error.js';
import type { Camera, TrackUser } from '../../../src/media/port.js';
import type { CallDesk } from '../../../src/phone/call-desk.js';
import { CallCameras } from '../../../src/phone/later/call-cameras.js';
import { SignalingError, type SignalingPort } from '../../../src/signaling/port.js';

describe('the camera of a call', () => {
  /** A call whose camera is turned on, and what becomes of it. */
  async function turnedOn(given: Error | null, said: Error | null) {
    const users = new Set<TrackUser>();
    const call = { id: 'a', state: 'active', camera: 'off' };
    const camera = {
      attach: (user: TrackUser) => (given ? Promise.reject(given) : Promise.resolve(users.add(user))),
      detach: (user: TrackUser) => users.delete(user),
    };
    const line = { camera: null, closed: false, toldVideo: false };
    const desk = {
      lines: new Map([['a', line]]),
      call: () => call,
      patch: (_: string, change: object) => Object.assign(call, change),
    };
    const port = { act: () => (said ? Promise.reject(said) : Promise.resolve()) };
    const cameras = new CallCameras(desk as unknown as CallDesk, () => port as unknown as SignalingPort);
    await cameras.use(camera as unknown as Camera);
    const failure = await cameras.on('a').then(
      () => null,
      (error: Error) => error,
    );
    return { camera: call.camera, inUse: users.size, failure };
  }

  it('is on when the other side takes it', async () => {
    assert.deepEqual(await turnedOn(null, null), { camera: 'on', inUse: 1, failure: null });
  });

  it('is off, and given back, when the other side refuses it', async () => {
    const failure = new SignalingError('unsupported', 'The other side takes no video.');
    assert.deepEqual(await turnedOn(null, failure), { camera: 'off', inUse: 0, failure });
  });

  it('says why there is none here', async () => {
    const failure = new MediaError('camera-refused', 'No.');
    assert.deepEqual(await turnedOn(failure, null), { camera: 'refused', inUse: 0, failure });
  });
});
