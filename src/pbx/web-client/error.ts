export type WebErrorKind =
  /** The address may not be visited, or is none. */
  | 'refused-target'
  /** Not everything was there in time. */
  | 'timeout'
  /** No such name, nobody there, no trust in the certificate, or a connection that broke. */
  | 'unreachable'
  /** The site answers that it will not or can not: HTTP 400 and above. */
  | 'status'
  | 'too-large'
  /** Led elsewhere too often, or where one does not go. */
  | 'redirects'
  /** What comes back is not HTTP, or is encoded in a way that cannot be read. */
  | 'unreadable'
  /** Whoever asked does not want to know any more. */
  | 'aborted';

/** A site did not give what it was asked for. The message holds no more of the address than {@link shownUrl}. */
export class WebError extends Error {
  override readonly name = 'WebError';

  constructor(
    readonly kind: WebErrorKind,
    message: string,
    /** Only for `status`: the HTTP status, and how long the site asks to be left alone. */
    readonly details: { readonly status?: number; readonly retryAfterMs?: number | undefined } = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An address as logs and messages have it: without the query, which may hold secrets. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return 'an address that cannot be read';
  const { origin, protocol, host, pathname } = new URL(url);
  const shown = (origin === 'null' ? `${protocol}//${host}` : origin) + pathname;
  return shown.length > 200 ? `${shown.slice(0, 199)}…` : shown;
}
