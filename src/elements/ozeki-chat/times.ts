const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment as a time of the day, or as a day; what formats it is kept, as making it takes long. */
export function moment(at: number, language: string, style: 'time' | 'day'): string {
  const key = language + style;
  let format = formats.get(key);
  if (!format)
    formats.set(
      key,
      (format = new Intl.DateTimeFormat(
        language,
        style === 'day' ? { dateStyle: 'medium' } : { timeStyle: 'short' },
      )),
    );
  return format.format(at);
}

/** Whether two moments are on one day here. */
export function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
