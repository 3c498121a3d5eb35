import type { SignalingPort } from '../signaling/port.js';
import type { CallDesk } from './call-desk.js';
import type { Failures } from './failures.js';
import type { Link } from './link.js';
import { normaliseNumber } from './number.js';
import type { PhoneCall } from './state.js';
import type { Store } from './store.js';

/** What commands act on. */
export interface PhoneInsides {
  readonly store: Store;
  readonly link: Link;
  readonly desk: CallDesk;
  readonly failures: Failures;
}

/** What every command stands on beside that. A failure is told in the state once, and thrown. */
export interface Commander extends PhoneInsides {
  connected(): boolean;
  call(id: string): PhoneCall;
  /** A call, and those in its conference. */
  together(id: string): PhoneCall[];
  /** The link; what concerns a call there is waits in it, and new things begin only when it is there. */
  port(callId: string | null): SignalingPort;
  /** A number as it is dialled. */
  number(text: string, mayBeEmpty?: boolean): string;
  /** Runs a command of the phone system; for a call, its name stands in the call's `pending` meanwhile. */
  run(callId: string | null, name: string, send: (port: SignalingPort) => Promise<void>): Promise<void>;
}

export function commanderOf(insides: PhoneInsides): Commander {
  const { store, link, desk, failures } = insides;
  const commander: Commander = {
    ...insides,

    connected: () => store.state.connection.status === 'connected',

    call(id) {
      const call = desk.call(id);
      if (!call) throw failures.problem('not-found', id);
      return call;
    },

    together(id) {
      const conference = desk.call(id)?.conference;
      return store.state.calls.filter(
        (call) => call.id === id || (conference && call.conference === conference),
      );
    },

    port(callId) {
      const { port } = link;
      if (!port || (callId === null && !commander.connected()))
        throw failures.problem(store.state.connection.problem ?? 'unreachable', callId);
      return port;
    },

    number(text, mayBeEmpty) {
      const number = normaliseNumber(text);
      if (number === null) throw failures.problem('invalid-number', null);
      if (!number && !mayBeEmpty) throw failures.problem('empty-number', null);
      return number;
    },

    async run(callId, name, send) {
      if (callId !== null) commander.call(callId);
      const port = commander.port(callId);
      if (callId !== null) desk.patch(callId, { pending: name });
      try {
        await send(port);
      } catch (error) {
        throw failures.of(error, callId);
      } finally {
        if (callId !== null && desk.call(callId)?.pending === name) desk.patch(callId, { pending: null });
      }
    },
  };
  return commander;
}
