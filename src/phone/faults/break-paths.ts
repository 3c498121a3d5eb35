import type { SignalingPort } from '../../signaling/port.js';
import type { Commander } from '../commander.js';
import { PhoneError } from '../handle.js';
import type { Store } from '../store.js';

/** The longest a phone tries to mend media, and a little more, in milliseconds (see recovery/media-states.ts). */
const GIVEN_UP_MS = 60_000;

/**
 * Has the phone system break the path of the media of every call that has some, and resolves when each has found another,
 * or is over. It is broken there, since no browser lets a page break a path in both directions.
 */
export async function breakPaths({ store, failures }: Commander, port: SignalingPort): Promise<void> {
  const ids = store.state.calls
    .filter(({ state, media }) => state !== 'ended' && media === 'connected')
    .map(({ id }) => id);
  if (!ids.length) throw new PhoneError('wrong-state', 'There is no call whose media could break.');
  try {
    const control = await port.control();
    await Promise.all(ids.map((id) => control.breakPath(id)));
  } catch (error) {
    throw failures.of(error, null);
  }
  await mended(store, ids);
}

/** Resolves when the media of these calls have broken and are there again. */
function mended(store: Store, ids: readonly string[]): Promise<void> {
  const waiting = new Set(ids);
  const broke = new Set<string>();
  return new Promise((resolve) => {
    const look = () => {
      for (const id of waiting) {
        const call = store.state.calls.find((one) => one.id === id);
        if (call?.media === 'interrupted') broke.add(id);
        if (!call || call.state === 'ended' || (broke.has(id) && call.media === 'connected'))
          waiting.delete(id);
      }
      if (!waiting.size) over();
    };
    const over = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(over, GIVEN_UP_MS);
    const stop = store.subscribe(look);
  });
}
