/** Keeps the screen on during a video call (W3C Screen Wake Lock), while the page can be seen. */
import type { LiveCall } from './live-call.js';

let wanted = false;
let lock: WakeLockSentinel | null = null;
let asking = false;

/** Whether there is a picture to see or to send. */
function hasPicture({ call }: LiveCall): boolean {
  return call.state === 'active' && (call.remoteVideo || call.camera === 'on');
}

/** Holds the screen while one of these calls has a picture. */
export function keepScreenOn(live: readonly LiveCall[]): void {
  const before = wanted;
  wanted = live.some(hasPicture);
  if (wanted && !before) document.addEventListener('visibilitychange', update);
  if (!wanted && before) document.removeEventListener('visibilitychange', update);
  update();
}

/** The browser lets go of it by itself when the page is hidden; it is asked for again when that is over. */
function update(): void {
  if (!wanted) {
    void lock?.release().catch(() => {});
    lock = null;
  } else if ((!lock || lock.released) && !asking && document.visibilityState === 'visible') void ask();
}

async function ask(): Promise<void> {
  const { wakeLock } = navigator as Partial<Navigator>;
  if (!wakeLock) return;
  asking = true;
  try {
    lock = await wakeLock.request('screen');
  } catch {
    // Refused, for example to save power: the screen does what it always does.
  } finally {
    asking = false;
  }
  if (!wanted) update();
}
