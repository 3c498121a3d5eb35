/** Calls back when the page is closed, reloaded or left for good. Returns the way to stop. Outside a page it never is. */
export function onPageGone(listener: () => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const heard = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) listener();
  };
  addEventListener('pagehide', heard);
  return () => removeEventListener('pagehide', heard);
}
