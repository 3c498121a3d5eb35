/** What is read and changed in session descriptions (RFC 8866): which way media go, and little else. */

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
export type MediaKind = 'audio' | 'video';

const DIRECTION = /^a=(sendrecv|sendonly|recvonly|inactive)$/m;

/** Which way one kind of media goes, from the point of view of who described it; null where it is refused or absent. */
export function directionOf(sdp: string, kind: MediaKind): Direction | null {
  const section = sectionOf(sdp, kind);
  if (section === null || isRefused(section)) return null;
  const own = DIRECTION.exec(section) ?? DIRECTION.exec(sdp.split(/^m=/m, 1)[0]!);
  return (own?.[1] as Direction | undefined) ?? 'sendrecv';
}

/** The description with one kind of media going another way. */
export function withDirection(sdp: string, kind: MediaKind, direction: Direction): string {
  const section = sectionOf(sdp, kind);
  if (section === null || isRefused(section)) return sdp;
  const turned = DIRECTION.test(section)
    ? section.replace(DIRECTION, `a=${direction}`)
    : `${section.trimEnd()}\r\na=${direction}\r\n`;
  return sdp.replace(section, () => turned);
}

/** What is left of a direction when this side does not send. */
export function withoutSending(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'recvonly' ? 'recvonly' : 'inactive';
}

/** What is left of a direction when this side does not receive. */
export function withoutReceiving(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive';
}

export function sends(direction: Direction | null): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

export function receives(direction: Direction | null): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

/** Whether a browser can use it at all: it takes media by DTLS-SRTP only (RFC 8827, 6.5). */
export function isForBrowsers(sdp: string): boolean {
  return /^a=fingerprint:/m.test(sdp);
}

/** Whether one kind of media was offered and is refused; not where nobody spoke of it. */
export function refuses(sdp: string, kind: MediaKind): boolean {
  const section = sectionOf(sdp, kind);
  return section !== null && isRefused(section);
}

function sectionOf(sdp: string, kind: MediaKind): string | null {
  return new RegExp(`^m=${kind} [\\s\\S]*?(?=^m=|$(?![\\s\\S]))`, 'm').exec(sdp)?.[0] ?? null;
}

function isRefused(section: string): boolean {
  return /^m=\w+ 0 /.test(section) && !/^a=bundle-only/m.test(section);
}
