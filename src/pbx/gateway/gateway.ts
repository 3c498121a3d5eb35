/** The gateway: where clients connect by WebSocket. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from '../../protocol/index.js';
import { clientAddress } from '../client-address.js';
import type { Contact } from '../registrar/index.js';
import { Availability } from './availability.js';
import { Clients } from './clients.js';
import { Connection } from './connection.js';
import type { Source } from './connection.js';
import { Directory } from './directory.js';
import { Door } from './door.js';
import type { Place } from './door.js';
import { isOriginAllowed } from './origins.js';
import type { ConnectionParts, GatewayParts } from './parts.js';
import { SignInGuard } from './sign-in-guard.js';
import { refuseUpgrade, routeUpgrades } from './upgrade-router.js';

/** How often each client is asked whether it is still there, in milliseconds. */
export const ALIVE_INTERVAL_MS = 30_000;
/** When clients should look again for a phone system that stops: it may only be restarting. */
const RETRY_AFTER_MS = 2_000;
/** How long clients may take to close their side when the phone system stops. */
const SHUTDOWN_MS = 1_500;

/** As much of a program's name for itself as is kept. */
const MAX_USER_AGENT = 256;

export class Gateway {
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  readonly #connections = new Set<Connection>();
  readonly #detach: (() => void)[] = [];
  readonly #parts: ConnectionParts;
  readonly #clients: Clients;
  #stopAliveTimer: () => void = () => {};
  #closed = false;
  #onEmpty: () => void = () => {};

  constructor(parts: GatewayParts) {
    const { settings, accounts, registrar, clock } = parts;
    this.#parts = {
      ...parts,
      door: new Door(() => settings().limits, clock),
      guard: new SignInGuard(clock),
      availability: new Availability(accounts, registrar, clock),
      directory: new Directory({
        users: () => accounts.users(),
        legacySessionStates: () => settings().legacySessionStates,
      }),
    };
    this.#clients = new Clients(this.#parts);
  }

  /** Clients that are connected, signed in or not. */
  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Waits for the clients of an earlier process. */
  restore(): void {
    this.#clients.restore();
  }

  /** Where the calls of a client that is signed in or waited for can be delivered. */
  contactOf(id: string): Contact | undefined {
    return this.#clients.contactOf(id);
  }

  /** Takes the WebSocket upgrades of a server; with a path, only those to it. */
  attach(server: Server, path?: string): void {
    this.#detach.push(
      routeUpgrades(server, path, (request, socket, head) => this.#upgrade(request, socket, head)),
    );
  }

  /**
   * The accounts are others now: closes the connections of those that are gone. What the others see of each
   * other is told by the registrar and then by {@link tellUsers}.
   */
  accountsReplaced(): void {
    this.#clients.renew();
  }

  /** Tells those who watch the directory which users are others now. */
  tellUsers(): void {
    this.#parts.directory.usersChanged();
  }

  /** Takes no more clients, says good-bye to those there are and waits until they are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#parts.directory.silence();
    for (const detach of this.#detach.splice(0)) detach();
    const farewell = ['shutdown', 'The phone system is stopping.', RETRY_AFTER_MS] as const;
    this.#clients.close(...farewell);
    for (const connection of this.#connections) connection.close(...farewell);
    if (this.#connections.size > 0) {
      await new Promise<void>((resolve) => {
        const stop = this.#parts.clock.setTimeout(() => {
          for (const connection of this.#connections) connection.terminate();
        }, SHUTDOWN_MS);
        this.#onEmpty = () => {
          stop();
          resolve();
        };
      });
    }
    this.#stopAliveTimer();
    this.#sockets.close();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { origin, host } = request.headers;
    const { settings, log, door } = this.#parts;
    const { allowedOrigins, port } = settings();
    const address = clientAddress(request.socket.remoteAddress, request.headers, settings());
    if (this.#closed) {
      refuseUpgrade(socket, '503 Service Unavailable', 'The phone system is stopping.');
      return;
    }
    if (!isOriginAllowed(origin, host, { allowed: allowedOrigins, pagePort: port })) {
      log.warn({ origin }, 'a page of an origin that is not allowed tried to connect');
      refuseUpgrade(
        socket,
        '403 Forbidden',
        'Pages of this origin may not connect. The key "allowedOrigins" of the configuration lists those that may.',
      );
      return;
    }
    const place = door.enter(address);
    if (!place) {
      log.warn(
        { address },
        'too many connections from one address; see "limits" and "trustedProxies" of the configuration',
      );
      refuseUpgrade(socket, '429 Too Many Requests', 'There are too many connections from this address.');
      return;
    }
    const { remotePort = 0 } = request.socket;
    const userAgent = (request.headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT);
    const source = { origin, place, stream: socket, program: { address, port: remotePort, userAgent } };
    letGoWith(socket, place);
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#admit(webSocket, source));
  }

  /** A method of its own, so that what outlives the request does not keep the request. */
  #admit(webSocket: WebSocket, source: Source): void {
    const connection = new Connection(webSocket, source, this.#parts, this.#clients, this.#gone);
    if (this.#connections.size === 0) this.#watchAlive();
    this.#connections.add(connection);
  }

  readonly #gone = (connection: Connection): void => {
    this.#connections.delete(connection);
    if (this.#connections.size > 0) return;
    this.#stopAliveTimer();
    this.#onEmpty();
  };

  /** Asks all clients from time to time, as long as there are any. */
  #watchAlive(): void {
    this.#stopAliveTimer = this.#parts.clock.setTimeout(() => {
      for (const connection of this.#connections) connection.ping();
      this.#watchAlive();
    }, ALIVE_INTERVAL_MS);
  }
}

/** The place is free when the socket is gone, also one that never becomes a WebSocket. The request is not kept for it. */
function letGoWith(socket: Duplex, place: Place): void {
  socket.on('close', () => place.leave());
}
