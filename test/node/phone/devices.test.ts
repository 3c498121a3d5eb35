/** What the phone does when devices come and go; the devices themselves are tried in browsers. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { DeviceLists } from '../../../src/media/port.js';
import { MediaError } from '../../../src/media/media-error.js';
import type { CallDesk } from '../../../src/phone/call-desk.js';
import { Devices } from '../../../src/phone/later/devices.js';
import { Store } from '../../../src/phone/store.js';
import { SilentMedia } from '../../support/silent-media.js';

describe('devices that come and go', () => {
  let store: Store;
  let devices: Devices;
  let chosen: string[];
  let changed: (lists: DeviceLists) => void;

  const named = (...ids: string[]) => ids.map((id) => ({ id, label: id }));
  const there = (microphones: string[], speakers = ['built-in', 'headset']) =>
    changed({ microphones: named(...microphones), speakers: named(...speakers), cameras: [] });

  beforeEach(() => {
    store = new Store();
    chosen = [];
    const media = new SilentMedia();
    Object.assign(media.microphone, {
      choose: (id: string) => {
        chosen.push(id);
        return id === 'broken' ? Promise.reject(new MediaError('microphone-absent')) : Promise.resolve();
      },
    });
    const watchDevices = (listener: typeof changed) => {
      changed = listener;
      return () => {};
    };
    devices = new Devices(store, media, { lines: new Map() } as unknown as CallDesk, {
      watchDevices,
      watchQuality: () => () => {},
    });
  });

  it('the chosen microphone is used again when it comes back', async () => {
    there(['built-in', 'headset']);
    await devices.choose('microphone', 'headset');
    there(['built-in']);
    assert.deepEqual(chosen, ['headset'], 'whatever is there is taken by whoever has the microphone');
    there(['built-in', 'headset']);
    there(['built-in', 'headset', 'another']);
    assert.deepEqual(chosen, ['headset', 'headset']);
  });

  it('any microphone is taken that comes when there was none left', () => {
    there([]);
    there(['built-in']);
    assert.deepEqual(chosen, [], 'names of what was there all the time');
    there([]);
    there(['headset']);
    assert.deepEqual(chosen, ['']);
  });

  it('says so when it cannot be used', async () => {
    there(['broken']);
    await devices.choose('microphone', 'broken').catch(() => {});
    devices.set({ microphone: 'broken' });
    there([]);
    there(['broken']);
    await Promise.resolve();
    await Promise.resolve();
    assert.equal(store.state.problem?.code, 'microphone-absent');
  });

  for (const kind of ['speaker', 'ringer'] as const) {
    it(`a ${kind} that goes gives way to the default, and it is said`, async () => {
      there(['built-in']);
      await devices.choose(kind, 'headset');
      there(['built-in'], ['built-in']);
      await Promise.resolve();
      assert.equal(store.state.problem?.code, 'speaker-changed');
      assert.equal(store.state.devices[kind], '');
    });

    it(`a ${kind} that comes back is used again, unless another was chosen meanwhile`, async () => {
      there(['built-in']);
      await devices.choose(kind, 'headset');
      there(['built-in'], ['built-in']);
      there(['built-in'], ['built-in', 'headset']);
      await Promise.resolve();
      assert.equal(store.state.devices[kind], 'headset');
      there(['built-in'], ['built-in']);
      await devices.choose(kind, 'built-in');
      there(['built-in'], ['built-in', 'headset']);
      await Promise.resolve();
      assert.equal(store.state.devices[kind], 'built-in');
    });
  }
});
