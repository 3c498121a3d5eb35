/** The faults, and what should be seen and heard of each in a call. */
export const COURSES = [
  {
    fault: 'socket-cut',
    title: 'Cut the connection',
    what: 'The connection to the phone system breaks.',
    seen: '“Reconnecting” for less than a second. The sound goes on, and no call is lost.',
  },
  {
    fault: 'half-open',
    title: 'Silence it',
    what: 'The connection stays, but nothing passes any more, as behind a router that forgot it.',
    seen: 'The telephone notices within 6 s in a call (25 s without one), and comes back over another connection. The sound goes on.',
  },
  {
    fault: 'offline',
    title: 'Offline for 10 s',
    what: 'The connection breaks, and for 10 s none can be made.',
    seen: '“Reconnecting” for 10 s, then at most one more. The sound goes on meanwhile, for it takes a way of its own.',
  },
  {
    fault: 'server-restart',
    title: 'Restart the phone system',
    what: 'The phone system says that it restarts, closes the connection, and takes no other for 3 s.',
    seen: '“Reconnecting” for 3 s, then at most one more, and the same call. Here the sound goes on, since the phone system only pretends.',
  },
  {
    fault: 'slow-answers',
    title: 'Slow answers',
    what: 'All that the phone system says comes 2 s later, for 10 s.',
    seen: 'The telephone stays connected, and whatever you press takes 2 s. The sound goes on.',
  },
  {
    fault: 'duplicated',
    title: 'Everything twice',
    what: 'Each message arrives twice, in both directions, for 10 s.',
    seen: 'Nothing: what came before is recognised. Hold, resume, or hang up: each happens once.',
  },
  {
    fault: 'reordered',
    title: 'In the wrong order',
    what: 'Of two messages that follow each other, the second arrives first, until the telephone notices, or for 10 s.',
    seen: 'Nothing as long as few messages come. When one is missing, the telephone reconnects at once, and catches up in order. The sound goes on.',
  },
  {
    fault: 'ice-failure',
    title: 'Break the way of the sound',
    what: 'Nothing passes any more the way the sound takes, in either direction, as behind a router that forgot it. The connection to the phone system stays.',
    seen: 'Silence, and soon “No sound is getting through”. Then the telephone finds another way by itself (ICE restart), and the same call goes on.',
  },
];
