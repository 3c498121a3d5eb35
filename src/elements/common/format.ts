/** Milliseconds as `m:ss`, or `h:mm:ss` from an hour on; never negative. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number) => String(value % 60).padStart(2, '0');
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds)}`;
}

/** Talk time at a moment, in milliseconds. */
export function talkTime(talk: { ms: number; since: number | null }, now: number): number {
  return talk.ms + (talk.since === null ? 0 : Math.max(0, now - talk.since));
}

let clock: Intl.DateTimeFormat | undefined;
let clockLanguage = '';

/** The time of the day, to the second, in a language (BCP 47). What formats it is kept, as making it takes long. */
export function clockTime(time: Date, language: string): string {
  if (!clock || language !== clockLanguage)
    clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  clockLanguage = language;
  return clock.format(time);
}
