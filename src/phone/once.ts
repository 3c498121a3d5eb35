/** Loads a part when it is first asked for; one that could not be loaded is asked for again the next time. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let part: Promise<T> | undefined;
  return () => {
    part ??= load();
    part.catch(() => (part = undefined));
    return part;
  };
}
