/**
 * What {@link PhoneHandle.simulate} can do to a phone:
 *
 * - `socket-cut`: the connection to the phone system breaks, and another can be made at once.
 * - `half-open`: the connection stays, and nothing passes in either direction, until the phone gives it up.
 * - `offline`: the connection breaks, and none can be made for 10 s.
 * - `server-restart`: the phone system says that it restarts, closes the connection, and takes none for 3 s.
 * - `slow-answers`: all that comes from the phone system comes 2 s later, for 10 s.
 * - `duplicated`: each message, in both directions, arrives twice, for 10 s.
 * - `reordered`: of two messages that follow each other, the second arrives first, until the phone gives the
 *   connection up, or for 10 s.
 * - `ice-failure`: nothing passes any more on the path the media of the calls take, in either direction, until the phone has
 *   found another (ICE restart). The phone system breaks it, and allows that only where it is set up so (`simulateFaults`,
 *   as in its demo); others have no such thing.
 */
export type Fault =
  | 'socket-cut'
  | 'half-open'
  | 'offline'
  | 'server-restart'
  | 'slow-answers'
  | 'duplicated'
  | 'reordered'
  | 'ice-failure';
