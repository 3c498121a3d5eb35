/** What the gateway costs beside a bare relay: memory for each client that is there, and calls in a second. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ServerProcess } from './server-process.js';

export interface SignallingLoad {
  /** Bytes for each idle connection that are in use: the measure, since it is the same in every run. */
  readonly bytes: Record<'phone' | 'relay', number>;
  /**
   * Bytes of the process for each idle connection: told beside it. It depends on when the heap was last collected and
   * grows in steps, so that the same program differs by a third from run to run.
   */
  readonly resident: Record<'phone' | 'relay', number>;
  /** Calls, and exchanges of as many messages, each second. */
  readonly calls: Record<'phone' | 'relay', number>;
  /**
   * Messages the clients got meanwhile, each second. The phone system tells all forty phones what each of them is
   * doing, two hundred messages for each call; the relay passes eight on, to one each.
   */
  readonly messages: Record<'phone' | 'relay', number>;
}

const CONNECTIONS = 2000;
/** Not counted: what the first ones bring with them that the others share. */
const FIRST = 200;
const PAIRS = 20;
const CALLING_MS = 4000;
/** Messages of a call: five of the two parties and about ten of the phone system; relayed, each is one in and one out. */
const RELAYED_MESSAGES = 8;

type Message = {
  id?: number;
  method?: string;
  params?: { data: { id?: string; state?: string } };
  error?: { message: string };
};

/** A client that speaks as little as it can. */
class Caller {
  #nextId = 1;
  onMessage: (message: Message) => void = () => {};
  /** How many messages came. */
  received = 0;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.received++;
      this.onMessage(JSON.parse(data.toString()) as Message);
    });
  }

  static async connect(url: string): Promise<Caller> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    return new Caller(socket);
  }

  send(method: string, params: object): void {
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id: this.#nextId++, method, params }));
  }

  async signIn(extension: string): Promise<void> {
    const credentials = { kind: 'password', extension, password: 'bench' };
    const answered = new Promise<void>((resolve) => (this.onMessage = () => resolve()));
    this.send('connection.open', { protocol: 1, credentials });
    await answered;
    this.onMessage = () => {};
  }
}

export async function measureSignalling(): Promise<SignallingLoad> {
  const bytes = { phone: 0, relay: 0 };
  const resident = { phone: 0, relay: 0 };
  const calls = { phone: 0, relay: 0 };
  const messages = { phone: 0, relay: 0 };
  for (const kind of ['relay', 'phone'] as const) {
    const server = await ServerProcess.start(kind);
    ({ bytes: bytes[kind], resident: resident[kind] } = await memory(server, kind));
    await server.close();
    const other = await ServerProcess.start(kind);
    ({ calls: calls[kind], messages: messages[kind] } = await callsPerSecond(other, kind));
    await other.close();
  }
  return { bytes, resident, calls, messages };
}

async function memory(server: ServerProcess, kind: 'phone' | 'relay') {
  const open = async (count: number, from: number) => {
    for (let index = from; index < from + count; index += 20) {
      await Promise.all(
        Array.from({ length: 20 }, async (_, at) => {
          const caller = await Caller.connect(server.url);
          if (kind === 'phone') await caller.signIn(String(1000 + ((index + at) % 100)));
        }),
      );
    }
  };
  await open(FIRST, 0);
  const before = await server.vitals();
  await open(CONNECTIONS, FIRST);
  const after = await server.vitals();
  return {
    bytes: (after.memory - before.memory) / CONNECTIONS,
    resident: (after.resident - before.resident) / CONNECTIONS,
  };
}

async function callsPerSecond(server: ServerProcess, kind: 'phone' | 'relay') {
  let done = 0;
  let running = true;
  const callers: Caller[] = [];
  const pairs: ((turn: number) => Promise<void>)[] = [];
  // One after the other: the relay goes by the order.
  for (let pair = 0; pair < PAIRS; pair++) {
    const [caller, callee] = [await Caller.connect(server.url), await Caller.connect(server.url)];
    callers.push(caller, callee);
    const [from, to] = [String(1000 + 2 * pair), String(1001 + 2 * pair)];
    if (kind === 'phone') {
      await caller.signIn(from);
      await callee.signIn(to);
      pairs.push((turn) => called(caller, callee, to, `c${pair}-${turn}`));
    } else pairs.push(() => relayed(caller, callee));
  }
  const received = () => callers.reduce((sum, caller) => sum + caller.received, 0);
  const before = received();
  const from = performance.now();
  setTimeout(() => (running = false), CALLING_MS);
  await Promise.all(
    pairs.map(async (call) => {
      for (let turn = 0; running; turn++) {
        await call(turn);
        done++;
      }
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  return { calls: done / seconds, messages: (received() - before) / seconds };
}

/** One call: dialled, rung, accepted, hung up. */
function called(caller: Caller, callee: Caller, to: string, callId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = ({ message }: { message: string }) => reject(new Error(`A call was refused: ${message}`));
    callee.onMessage = ({ method, params, error }) => {
      if (error) return refused(error);
      const { id, state } = params?.data ?? {};
      if (method === 'call.changed' && state === 'ringing') {
        callee.send('call.accept', { callId: id, offer: 'v=0', video: false });
      }
    };
    caller.onMessage = ({ method, params, error }) => {
      if (error) return refused(error);
      const { id, state } = params?.data ?? {};
      if (method !== 'call.changed' || id !== callId) return;
      if (state === 'active') caller.send('call.hangup', { callId });
      if (state === 'ended') resolve();
    };
    caller.send('call.start', { callId, to, offer: 'v=0', video: false });
  });
}

/** As many messages there and back, passed on by the relay. */
function relayed(caller: Caller, callee: Caller): Promise<void> {
  return new Promise((resolve) => {
    let left = RELAYED_MESSAGES;
    const data = { id: 'call', state: 'active', remote: { number: '1001', name: 'Desk' }, talk: { ms: 0 } };
    callee.onMessage = () => callee.send('call.changed', { data });
    caller.onMessage = () => {
      left -= 2;
      if (left <= 0) resolve();
      else caller.send('call.changed', { data });
    };
    caller.send('call.changed', { data });
  });
}
