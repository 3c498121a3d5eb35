import type { WebErrorKind } from '../web-client/index.js';

/** Those of the web, and two of the sender's own: too much waits for that site, or the phone system stops. */
export type NotificationErrorKind = WebErrorKind | 'busy' | 'closed';

/** A notification that did not arrive, or whose answer did not. The message is fit for a log. */
export class NotificationError extends Error {
  override readonly name = 'NotificationError';

  constructor(
    readonly kind: NotificationErrorKind,
    message: string,
    /** The HTTP status, when the kind is `status`. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
