/** Tells whether anybody looks at the page, now and whenever that changes. Returns the way to stop. */
export function watchSight(listener: (seen: boolean) => void): () => void {
  const tell = () => listener(!document.hidden);
  document.addEventListener('visibilitychange', tell);
  tell();
  return () => document.removeEventListener('visibilitychange', tell);
}
