/**
 * Takes a lock of this origin (W3C Web Locks API) and brings the way to give it back; null when another page has it
 * and `how` does not wait for it. Rejects where the browser has no locks for this page, and when waiting is aborted.
 *
 * @param stolen Called when another page has taken it from this one.
 */
export function takeLock(
  name: string,
  how: LockOptions,
  stolen: () => void = () => {},
): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    let held = false;
    navigator.locks
      .request(name, how, (lock) => {
        held = !!lock;
        return new Promise<void>((release) => resolve(lock && release));
      })
      .catch((error: Error) => (held ? stolen() : reject(error)));
  });
}
