/**
 * The cameras there are. Browsers tell them only later, but the API answers at once, so the list is kept here
 * from when the API is loaded.
 */

export interface ListedCamera {
  readonly id: string;
  /** The device's name; `Camera 1` and so on while the browser does not tell it. No two are alike. */
  readonly name: string;
}

let cameras: readonly ListedCamera[] = [];

export function listedCameras(): readonly ListedCamera[] {
  return cameras;
}

/** Asks the browser anew, for example when names have become known. Never rejects. */
export async function refreshCameras(): Promise<void> {
  try {
    const devices = (await mediaDevices()?.enumerateDevices()) ?? [];
    cameras = named(devices.filter(({ kind }) => kind === 'videoinput'));
  } catch {
    // A browser that does not list devices has only its default camera.
  }
}

/** Names for devices, in their order. */
export function named(
  devices: readonly { readonly deviceId: string; readonly label: string }[],
): ListedCamera[] {
  const taken = new Set<string>();
  return devices.map(({ deviceId, label }, index) => {
    const base = label || `Camera ${index + 1}`;
    let name = base;
    for (let copy = 2; taken.has(name); copy++) name = `${base} (${copy})`;
    taken.add(name);
    return { id: deviceId, name };
  });
}

/** Pages outside a secure context have no devices; neither has Node. */
function mediaDevices(): MediaDevices | undefined {
  return (globalThis.navigator as Navigator | undefined)?.mediaDevices;
}

/** The first answer of the browser, for those who wait for it. */
export const camerasListed = refreshCameras();
mediaDevices()?.addEventListener?.('devicechange', () => void refreshCameras());
