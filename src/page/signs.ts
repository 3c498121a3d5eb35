/** What a page learns of its surroundings: that the network came back, that it is looked at again, that it goes. */

/**
 * `online`: the browser has a network again, perhaps another one; `visible`: the page is looked at, or goes on
 * after it was frozen or kept for the way back; `hidden`: nobody looks at it; `left`: it stops, frozen or kept for the way
 * back; `gone`: it is closed, reloaded or left for good.
 */
export type PageSign = 'online' | 'visible' | 'hidden' | 'left' | 'gone';

type Where = 'page' | 'document';

/** Which event, where, is which sign. */
const SIGNS: readonly (readonly [Where, string, (event: Event) => PageSign])[] = [
  ['page', 'online', () => 'online'],
  ['page', 'pageshow', () => 'visible'],
  ['page', 'pagehide', (event) => ((event as PageTransitionEvent).persisted ? 'left' : 'gone')],
  ['document', 'freeze', () => 'left'],
  ['document', 'resume', () => 'visible'],
  ['document', 'visibilitychange', () => (document.hidden ? 'hidden' : 'visible')],
];

/** Tells the signs of the page, and at once when nobody looks at it. Returns the way to stop. Outside a page there are none. */
export function watchPage(listener: (sign: PageSign) => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const ending = new AbortController();
  const { signal } = ending;
  for (const [where, name, read] of SIGNS) {
    const target = where === 'page' ? window : document;
    target.addEventListener(name, (event) => listener(read(event)), { signal });
  }
  if (document.hidden) listener('hidden');
  return () => ending.abort();
}
