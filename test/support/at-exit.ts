/** What a test started outside of itself ends with it, also when it is killed for taking too long. */
const ends = new Set<() => void>();

process.once('exit', () => {
  for (const end of ends) end();
});
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Has this done at the end, at once; returns the way to forget it. */
export function atExit(end: () => void): () => void {
  ends.add(end);
  return () => ends.delete(end);
}
