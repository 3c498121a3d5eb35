/** A clock that goes on while nobody looks at the page, where its origin and its Content-Security-Policy allow one. */

/** What of Trusted Types is used (W3C "Trusted Types"); TypeScript does not know it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}

/** The page may name it in its `trusted-types` directive. */
const POLICY = 'ozeki-webphone';

let trusted: string | undefined;

/**
 * Ticks once a second; `failed` is called when there will be no tick: the kit comes from another origin, or the page
 * allows no worker. Returns the way to stop.
 */
export function startWorkerClock(tick: () => void, failed: () => void): () => void {
  let worker: Worker | undefined;
  try {
    worker = new Worker(tickerAddress(), { type: 'module', name: POLICY });
    worker.onmessage = tick;
    // A policy that forbids it is told this way, and so is a file that is not there.
    worker.onerror = (event) => {
      event.preventDefault();
      worker!.terminate();
      failed();
    };
  } catch {
    // Not an error of anybody: there is another way.
    failed();
  }
  return () => worker?.terminate();
}

function tickerAddress(): string {
  // A chunk lies one folder below it. Named by hand: a bundler would put the file into the script, as an address whose
  // origin is nobody's.
  const { href, origin } = new URL(/* @vite-ignore */ '../ozeki-webphone.ticker.js', import.meta.url);
  if (origin !== location.origin) throw new Error('A worker has to come from the origin of the page.');
  return (trusted ??= trust(href));
}

/** No other address than this one gets through the policy. */
function trust(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy(POLICY, { createScriptURL: () => address });
  return policy ? policy.createScriptURL('') : address;
}
