/**
 * Does what takes as long as it takes with a signal that is aborted after `ms` milliseconds, too (`TimeoutError`).
 *
 * Not `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: nothing but the combined signal knows the second, and that
 * does not hold on to it, so that it may be collected as garbage before its time, which then never comes (Node 20).
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  work: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(new DOMException('It took too long.', 'TimeoutError')), ms);
  try {
    return await work(AbortSignal.any([signal, time.signal]));
  } finally {
    clearTimeout(timer);
  }
}
