/** Faults to show and to test what becomes of a phone, and of its calls. Loaded with the first one. */
import { delayed, doubled, lost, swapped } from '../../signaling/faults/handlings.js';
import { putBetween, type SocketFault } from '../../signaling/faults/wire.js';
import { restartMessage } from '../../signaling/gateway/fault-messages.js';
import type { Commander } from '../commander.js';
import { breakPaths } from './break-paths.js';
import { PhoneError } from '../handle.js';
import type { Fault } from './fault.js';

/** How long faults last, in milliseconds. */
const LASTING_MS = 10_000;
const SLOW_MS = 2000;
const RESTART_MS = 3000;
/** When a phone system that restarts says to come back: too early, as it may happen. */
const COME_BACK_MS = 1000;
/** Nobody waits longer than that for an answer. */
const SILENT_MS = 60_000;

const SOCKET_FAULTS: Record<Exclude<Fault, 'ice-failure'>, () => SocketFault> = {
  'socket-cut': (): SocketFault => ({ cut: true, ms: 0 }),
  'half-open': (): SocketFault => ({ incoming: lost, outgoing: lost, untilGivenUp: true, ms: SILENT_MS }),
  offline: (): SocketFault => ({ cut: true, refused: true, ms: LASTING_MS }),
  'server-restart': (): SocketFault => ({
    ...{ lastWord: restartMessage(COME_BACK_MS), cut: true },
    ...{ refused: true, ms: RESTART_MS },
  }),
  'slow-answers': (): SocketFault => ({ incoming: delayed(SLOW_MS), everywhere: true, ms: LASTING_MS }),
  duplicated: (): SocketFault => ({ incoming: doubled, outgoing: doubled, everywhere: true, ms: LASTING_MS }),
  reordered: (): SocketFault => ({ incoming: swapped(), untilGivenUp: true, ms: LASTING_MS }),
};

/** One at a time: each puts itself between this page and the phone system. */
let busy = false;

/** Simulates a fault; see {@link PhoneHandle.simulate}. */
export async function simulate(fault: Fault, commander: Commander): Promise<void> {
  if (fault !== 'ice-failure' && !Object.hasOwn(SOCKET_FAULTS, fault))
    throw new TypeError(`There is no fault "${fault}".`);
  if (busy) throw new PhoneError('wrong-state', 'Another fault is being simulated on this page.');
  const port = commander.port(null);
  const { socket } = port;
  if (!socket) throw new PhoneError('lost', 'There is no connection to a phone system to do that to.');
  busy = true;
  try {
    if (fault === 'ice-failure') await breakPaths(commander, port);
    else await putBetween(socket, SOCKET_FAULTS[fault]());
  } finally {
    busy = false;
  }
}
