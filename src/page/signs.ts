/** What a page learns of its surroundings: that the network came back, that it is looked at again, that it goes. */

/**
 * `online`: the browser has a network again, perhaps another one; `visible`: the page is looked at, or goes on
 * after it was frozen or kept for the way back; `left`: it is left, and kept for the way back; `gone`: it is closed,
 * reloaded or left for good.
 */
export type PageSign = 'online' | 'visible' | 'left' | 'gone';

type Where = 'page' | 'document';

/** Which event, where, is which sign; null when it means nothing. */
const SIGNS: readonly (readonly [Where, string, (event: Event) => PageSign | null])[] = [
  ['page', 'online', () => 'online'],
  ['page', 'pageshow', () => 'visible'],
  ['page', 'pagehide', (event) => ((event as PageTransitionEvent).persisted ? 'left' : 'gone')],
  ['document', 'resume', () => 'visible'],
  ['document', 'visibilitychange', () => (document.hidden ? null : 'visible')],
];

/** Tells the signs of the page. Returns the way to stop. Outside a page there are none. */
export function watchPage(listener: (sign: PageSign) => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const ending = new AbortController();
  const { signal } = ending;
  for (const [where, name, read] of SIGNS) {
    const target = where === 'page' ? window : document;
    const tell = (event: Event) => {
      const sign = read(event);
      if (sign) listener(sign);
    };
    target.addEventListener(name, tell, { signal });
  }
  return () => ending.abort();
}
