/** How often it would tick, in milliseconds. */
const TICK_MS = 1000;

/**
 * Ticks on the page itself, as evenly as the browser lets it. A timer that a timer sets is held back for up to a minute
 * on a page that nobody looks at; one that a message sets, for up to a second or two (HTML Standard, "timer nesting
 * level"; in Chromium "intensive wake up throttling"). Returns the way to stop.
 */
export function startUnchainedClock(tick: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  let timer: ReturnType<typeof setTimeout>;
  port1.onmessage = () => {
    timer = setTimeout(() => port2.postMessage(null), TICK_MS);
    tick();
  };
  port2.postMessage(null);
  return () => {
    clearTimeout(timer);
    port1.close();
  };
}
