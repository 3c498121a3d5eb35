/** One server under load, in a process of its own so that its memory and its work can be told: `server.ts <kind>`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as v from 'valibot';
import { WebSocketServer, type WebSocket } from 'ws';
import { settingsSchema } from '../../src/pbx/config/settings.js';
import { createPhoneSystem } from '../../src/pbx/phone-system.js';
import { createWeriftEngine } from '../../src/pbx/media/werift/index.js';
import { openStorage } from '../../src/pbx/storage/storage.js';
import { FakeMedia } from '../../test/node/exchange/fake-media.js';
import { cheapHash } from '../../test/support/cheap-hash.js';
import { SILENT_LOG } from '../../test/support/peer-page.js';
import { engineForwarder, weriftForwarder, type Forwarder } from './forwarders.js';

export type ServerKind = 'phone' | 'relay' | 'engine' | 'werift';
/** What a server is asked by its parent: its vitals, or an answer to the offer of one party of a pair. */
export type Question =
  { id: number; ask: 'vitals' } | { id: number; ask: 'answer'; offer: string; pair: number };
export interface Vitals {
  /** Bytes that are in use, on the heap and beside it, after a garbage collection. */
  readonly memory: number;
  /** Bytes the process has from the system: also what is free in its heap, and what the system keeps for it. */
  readonly resident: number;
  /** Microseconds of a core it has used. */
  readonly cpu: number;
}

const server = createServer((_request, response) => response.end());
let forwarder: Forwarder | null = null;

const KINDS: Record<ServerKind, () => void | Promise<void>> = {
  phone() {
    const settings = v.parse(settingsSchema, {
      limits: { connectionsPerAddress: 1_000_000, signingInPerAddress: 1_000_000 },
      extensions: Array.from({ length: 100 }, (_, index) => ({
        ...{ id: String(1000 + index), name: 'Desk', passwordHash: cheapHash('bench') },
      })),
    });
    const storage = openStorage(':memory:', SILENT_LOG);
    const recordings = { folder: tmpdir(), urlOf: (name: string) => name };
    // Signalling alone: media are measured by themselves.
    const foundations = { settings, log: SILENT_LOG, media: new FakeMedia(), records: storage, recordings };
    createPhoneSystem({ ...foundations, history: storage, live: storage.live }).attach(server);
  },
  /** Passes each message on to whoever has the next number: what any signalling server must do at least. */
  relay() {
    const sockets: WebSocket[] = [];
    new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
      const at = sockets.push(socket) - 1;
      socket.on('message', (data: Buffer) => sockets[at ^ 1]?.send(data.toString()));
    });
  },
  async engine() {
    forwarder = engineForwarder(await createWeriftEngine({ log: SILENT_LOG }));
  },
  werift() {
    forwarder = weriftForwarder();
  },
};

process.on('message', (question: Question) => {
  void (async () => {
    const { id } = question;
    if (question.ask === 'answer') {
      process.send!({ id, answer: await forwarder!(question.offer, question.pair) });
    } else {
      globalThis.gc?.();
      const { user, system } = process.cpuUsage();
      const { heapUsed, external, rss } = process.memoryUsage();
      const vitals: Vitals = { memory: heapUsed + external, resident: rss, cpu: user + system };
      process.send!({ id, answer: vitals });
    }
  })();
});

await KINDS[process.argv[2] as ServerKind]();
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
