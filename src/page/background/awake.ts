/** The lock that says: this page has something going on. All pages of an origin hold it together. */
const LOCK = 'ozeki-webphone awake';

/**
 * Keeps the browser from freezing the page: Chromium freezes none that holds a Web Lock ("Page Lifecycle API").
 * Without such locks, or outside a secure context, nothing happens. Returns the way to let go.
 */
export function stayAwake(): () => void {
  // What TypeScript takes for granted is there in secure contexts only.
  const locks = navigator.locks as LockManager | undefined;
  const ending = new AbortController();
  let letGo = () => ending.abort();
  locks
    ?.request(LOCK, { mode: 'shared', signal: ending.signal }, () => {
      return new Promise<void>((resolve) => (letGo = resolve));
    })
    // Let go before it was there, or refused to this page, as to one without an origin.
    .catch(() => {});
  return () => letGo();
}
