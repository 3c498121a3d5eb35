import { SignalingError } from '../port.js';

/** Rejects with `timeout` when the server takes longer than so many milliseconds. */
export function inTime<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new SignalingError('timeout', 'The SIP server did not answer in time.')),
      timeoutMs,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
