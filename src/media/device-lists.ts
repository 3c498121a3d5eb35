/** Which devices there are. */
import type { DeviceLists } from './port.js';

/** Tells the devices now and whenever one comes or goes. Returns the way to stop. */
export function watchDevices(changed: (devices: DeviceLists) => void): () => void {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return () => {};
  let stopped = false;
  const list = async (): Promise<void> => {
    const all = await devices.enumerateDevices();
    const of = (kind: MediaDeviceKind) =>
      all
        .filter((device) => device.kind === kind && device.deviceId)
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    if (!stopped) {
      changed({ microphones: of('audioinput'), speakers: of('audiooutput'), cameras: of('videoinput') });
    }
  };
  // A browser that does not list devices has only its default ones.
  const update = () => void list().catch(() => {});
  devices.addEventListener('devicechange', update);
  update();
  return () => {
    stopped = true;
    devices.removeEventListener('devicechange', update);
  };
}
