/** Times as the API gives them: texts. */

const two = (value: number) => String(value).padStart(2, '0');

/** A moment as `yyyy-MM-dd HH:mm:ss`, by this device's time zone. */
export function dateText(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A duration as `HH:mm:ss`; hours go on beyond 24. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
