/**
 * The devices a person chose, remembered in this browser for the pages of this origin. Ids change when the person
 * clears the browser's data, in some browsers with each visit: then a device is found by its name.
 */
import type { PhoneHandle } from '../../phone/handle.js';
import type { AudioProcessing, Device, DeviceState } from '../../phone/state.js';

const KEY = 'ozeki-webphone.devices';
const KINDS = ['microphone', 'speaker', 'ringer', 'camera'] as const;
type Kind = (typeof KINDS)[number];

/** The list a kind of device is chosen from. */
export const LISTS = {
  microphone: 'microphones',
  speaker: 'speakers',
  ringer: 'speakers',
  camera: 'cameras',
} as const satisfies Record<Kind, keyof DeviceState>;

interface Memory {
  devices: Partial<Record<Kind, Device>>;
  processing: Partial<AudioProcessing>;
}

/** Writes down what is chosen now. A browser that stores nothing for this page forgets it, as it was told to. */
export function rememberDevices(phone: PhoneHandle): void {
  const { devices: now } = phone.getState();
  const memory: Memory = { devices: {}, processing: now.processing };
  for (const kind of KINDS) {
    const id = now[kind];
    if (id) memory.devices[kind] = now[LISTS[kind]].find((device) => device.id === id) ?? { id, label: '' };
  }
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Storage is refused or full.
  }
}

/** Chooses what was remembered, unless something was chosen on this page already. */
export async function recallDevices(phone: PhoneHandle): Promise<void> {
  const memory = read();
  if (!memory) return;
  for (const kind of KINDS) {
    const remembered = memory.devices[kind];
    if (!remembered || phone.getState().devices[kind]) continue;
    await phone.chooseDevice(kind, remembered.id);
    findByName(phone, kind, remembered);
  }
  if (Object.values(memory.processing).includes(false))
    await (await phone.deviceCheck()).setProcessing(memory.processing);
}

/** Takes the device of the same name where the id is no longer known, as soon as there are names. */
function findByName(phone: PhoneHandle, kind: Kind, { id, label }: Device): void {
  if (!label) return;
  const look = (): void => {
    const { devices } = phone.getState();
    const list = devices[LISTS[kind]];
    if (devices[kind] === id && !list.some((device) => device.label)) return;
    stop();
    if (devices[kind] !== id || list.some((device) => device.id === id)) return;
    const same = list.find((device) => device.label === label);
    // One that is not there may come back: the phone uses the default meanwhile.
    if (same) phone.chooseDevice(kind, same.id).catch(() => {});
  };
  const stop = phone.subscribe(look);
  look();
}

/** What was written down, when it is what this module writes. */
function read(): Memory | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (!isRecord(stored)) return null;
    const memory: Memory = { devices: {}, processing: {} };
    const { devices, processing } = stored;
    for (const kind of KINDS) {
      const device = isRecord(devices) ? devices[kind] : null;
      if (isRecord(device) && typeof device.id === 'string' && typeof device.label === 'string')
        memory.devices[kind] = { id: device.id, label: device.label };
    }
    for (const name of ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const) {
      const on = isRecord(processing) ? processing[name] : null;
      if (typeof on === 'boolean') memory.processing = { ...memory.processing, [name]: on };
    }
    return memory;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
