/** What a page learns of its surroundings: that the network came back, that it is looked at again. */

/**
 * `online`: the browser has a network again, perhaps another one; `visible`: the page is looked at, or goes on
 * after it was frozen or kept for the way back.
 */
export type PageSign = 'online' | 'visible';

/** Where a sign comes from, and which one it is. */
const SIGNS: readonly (readonly [target: 'page' | 'document', event: string, sign: PageSign])[] = [
  ['page', 'online', 'online'],
  ['page', 'pageshow', 'visible'],
  ['document', 'resume', 'visible'],
  ['document', 'visibilitychange', 'visible'],
];

/** Tells the signs of the page. Returns the way to stop. Outside a page there are none. */
export function watchPage(listener: (sign: PageSign) => void): () => void {
  const page = globalThis as Partial<Window & typeof globalThis>;
  const { document } = page;
  if (!document || !page.addEventListener) return () => {};
  const ending = new AbortController();
  const { signal } = ending;
  for (const [target, event, sign] of SIGNS) {
    const tell = () => {
      if (sign === 'online' || !document.hidden) listener(sign);
    };
    (target === 'page' ? globalThis : document).addEventListener(event, tell, { signal });
  }
  return () => ending.abort();
}
