/**
 * What {@link PhoneHandle.simulate} can do to a phone:
 *
 * - `socket-cut`: the connection to the phone system breaks, and another can be made at once.
 * - `half-open`: the connection stays, and nothing passes in either direction, until the phone gives it up.
 * - `offline`: the connection breaks, and none can be made for 10 s.
 * - `server-restart`: the phone system says that it restarts, closes the connection, and takes none for 3 s.
 */
export type Fault = 'socket-cut' | 'half-open' | 'offline' | 'server-restart';
