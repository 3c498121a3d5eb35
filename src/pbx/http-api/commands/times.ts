/** Times as answers hold them, by the clock of this machine. */

const two = (number: number): string => String(number).padStart(2, '0');

function dateOf(time: Date): string {
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

function timeOf(time: Date): string {
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** `yyyy-MM-dd HH:mm:ss`, of milliseconds since 1970. */
export function localTime(at: number): string {
  const time = new Date(at);
  return `${dateOf(time)} ${timeOf(time)}`;
}

/** ISO 8601 with four decimals and the offset from UTC: `2026-01-31T08:00:00.1230+01:00`. */
export function withOffset(at: number): string {
  const time = new Date(at);
  const offset = -time.getTimezoneOffset();
  const minutes = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  const decimals = `${String(time.getMilliseconds()).padStart(3, '0')}0`;
  return `${dateOf(time)}T${timeOf(time)}.${decimals}${zone}`;
}
