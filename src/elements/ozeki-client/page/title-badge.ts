/** What a background tab shows of a call: who rings, or that there is one, before the page's own title. */
import { rings, type LiveCall } from './live-call.js';

/** The page's own title; null while it is shown as it is. */
let own: string | null = null;
let badge = '';
/** The title with the badge. */
let shown = '';
let observer: MutationObserver | undefined;

/** Shows these calls in the title; the page's own title alone without any. */
export function showInTitle(live: readonly LiveCall[]): void {
  badge = badgeOf(live);
  if (!badge) return restore();
  if (own === null) {
    own = document.title;
    // The page may change its title meanwhile.
    observer = new MutationObserver(() => {
      if (document.title !== shown) own = document.title;
      put();
    });
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
  }
  put();
}

function put(): void {
  shown = own ? `${badge} · ${own}` : badge;
  if (document.title !== shown) document.title = shown;
  // What the browser made of it: it takes out blanks.
  shown = document.title;
}

function restore(): void {
  if (own === null) return;
  observer?.disconnect();
  if (document.title === shown) document.title = own;
  own = null;
}

function badgeOf(live: readonly LiveCall[]): string {
  const ringing = live.filter(rings);
  if (ringing.length > 1) return `☎ ${ringing.length}`;
  const [first] = ringing;
  if (first) return `☎ ${first.call.remote.name || first.call.remote.number}`.trim();
  return live.length ? '●' : '';
}
