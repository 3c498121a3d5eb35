/** The version of the protocol both sides must speak. Raised only for changes an older peer cannot ignore. */
export const PROTOCOL_VERSION = 1;

/** The largest WebSocket message either side accepts, in bytes. An offer with audio and video is about 6 kB. */
export const MAX_MESSAGE_BYTES = 128 * 1024;

/** The longest session description accepted, in characters. */
export const MAX_SDP_LENGTH = 64 * 1024;

/** The longest number or address that can be dialled. */
export const MAX_NUMBER_LENGTH = 64;

/** How many calls can be merged into one conference. */
export const MAX_MERGED_CALLS = 16;

/** How long the phone system may be asked to take for the answer to `connection.ping`, in milliseconds. */
export const MAX_BEAT_MS = 20_000;

/** How long a request may stay unanswered before the client gives it up, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** How long the phone system keeps a client that lost its socket, with its calls, in milliseconds. */
export const RESUME_MS = 60_000;

/**
 * The close code (RFC 6455, 7.4.2) of a client whose page is closed, reloaded or left, and which another page may go on
 * as; and how long the phone system keeps it then, in milliseconds: a page that is reloaded comes soon, and who was called
 * by one that was closed should not wait for long.
 */
export const PAGE_GONE = 4001;
export const PAGE_GONE_MS = 20_000;
