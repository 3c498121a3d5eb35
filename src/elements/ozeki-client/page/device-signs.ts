/** Tells the system whether microphone and camera of a call are on (W3C Media Session). */
import { actedOn, type LiveCall } from './live-call.js';

/** Tells of the call that is acted on, where the browser shows such signs. */
export function showDevices(live: readonly LiveCall[]): void {
  const session = (navigator as Partial<Navigator>).mediaSession;
  const shown = actedOn(live);
  if (!session || !shown) return;
  tell(session, 'setMicrophoneActive', !shown.call.muted);
  tell(session, 'setCameraActive', shown.call.camera === 'on');
}

/** Not every browser shows whether microphone and camera are on. */
function tell(session: MediaSession, name: 'setMicrophoneActive' | 'setCameraActive', on: boolean): void {
  const told = session as unknown as Partial<Record<typeof name, (on: boolean) => unknown>>;
  void Promise.resolve(told[name]?.(on)).catch(() => {});
}
