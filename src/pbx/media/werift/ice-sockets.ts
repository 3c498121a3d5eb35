/** Gives werift's ICE our sockets in place of its own, and lets only the party's packets through to it. */
import { Candidate, StunProtocol, type RTCIceTransport } from 'werift';
import type { Log } from '../../log.js';
import { foundation } from './candidates.js';
import type { MediaPorts } from '../ports/media-ports.js';
import type { MediaSocket } from '../ports/media-socket.js';

export interface IceSocketOptions {
  readonly ports: MediaPorts;
  readonly addresses: () => readonly string[];
  readonly log: Log;
}

/** How many addresses a party may be heard from. */
const MAX_REMOTE_ADDRESSES = 128;

/** What werift's ICE connection keeps private and this engine works with. */
interface IceInternals {
  readonly protocols: StunProtocol[];
  readonly checkList: readonly {
    readonly remoteCandidate: { readonly host: string; readonly port: number };
  }[];
  readonly userHistory: Readonly<Record<string, string>>;
  ensureProtocol(protocol: StunProtocol): void;
  pairLocalProtocol(protocol: StunProtocol): void;
  appendLocalCandidate(candidate: Candidate): void;
  getCandidatePromises(): Promise<unknown>[];
}

export class IceSockets {
  readonly #known = new Set<string>();
  /** What {@link breakPaths} has broken: addresses of the party, and user names of ours. */
  readonly #dead = new Set<string>();
  readonly #forgotten = new Set<string>();
  #ice: IceInternals | null = null;
  #closed = false;

  private constructor(
    private readonly options: IceSocketOptions,
    private readonly sockets: MediaSocket[],
  ) {}

  /** Binds a port on every address; rejects when there is none. */
  static async open(options: IceSocketOptions): Promise<IceSockets> {
    return new IceSockets(options, await options.ports.open(options.addresses()));
  }

  get bound(): readonly { readonly host: string; readonly port: number }[] {
    return this.sockets;
  }

  /** Makes a transport gather from these sockets, and from nothing else. */
  install(transport: RTCIceTransport): void {
    const ice = transport.connection as unknown as IceInternals;
    this.#ice = ice;
    ice.getCandidatePromises = () => [this.#gather(ice)];
  }

  /** Whether a connectivity check is meant for us: strangers may send to the port, but know no user name of ours. */
  isForUs(username: string): boolean {
    const { userHistory, checkList } = this.#ice!;
    const ours = username.split(':')[0]!;
    if (!Object.hasOwn(userHistory, ours) || this.#forgotten.has(ours)) return false;
    return checkList.length < MAX_REMOTE_ADDRESSES;
  }

  /**
   * Lets nothing through any more to and from where the party is known to be, nor checks by the user name it knows. After
   * an ICE restart it comes from other ports, by another user name.
   */
  breakPaths(): void {
    const ice = this.#ice;
    if (!ice) return;
    const known = ice.checkList.map(({ remoteCandidate: { host, port } }) => addressOf([host, port]));
    for (const address of [...this.#known, ...known]) this.#dead.add(address);
    for (const name of Object.keys(ice.userHistory)) this.#forgotten.add(name);
    const passes = (address: readonly [string, number]) => !this.#dead.has(addressOf(address));
    for (const socket of this.sockets) socket.passes = passes;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.sockets.map((socket) => socket.close()));
  }

  /** Hands the sockets over; after an ICE restart also those of addresses that have come since. */
  async #gather(ice: IceInternals): Promise<void> {
    if (ice.protocols.length > 0) await this.#openOnNewAddresses();
    if (this.#closed) return this.close();
    for (const socket of this.sockets) {
      if (!ice.protocols.some(({ transport }) => (transport as unknown) === socket))
        this.#attach(socket, ice);
    }
  }

  async #openOnNewAddresses(): Promise<void> {
    const bound = new Set(this.sockets.map(({ host }) => host));
    const come = this.options.addresses().filter((address) => !bound.has(address));
    if (come.length === 0) return;
    try {
      this.sockets.push(...(await this.options.ports.open(come)));
    } catch (error) {
      this.options.log.warn({ error: String(error) }, 'no media ports on the addresses that have come');
    }
  }

  #attach(socket: MediaSocket, ice: IceInternals): void {
    const protocol = new StunProtocol();
    const { host, port } = socket;
    ice.ensureProtocol(protocol);
    protocol.transport = socket as unknown as StunProtocol['transport'];
    const receiver = protocol as unknown as { datagramReceived(data: Buffer, from: [string, number]): void };
    socket.onData = (data, from) => {
      if (isStun(data) || this.#isParty(from, ice)) receiver.datagramReceived(data, from);
    };
    protocol.localIp = host;
    const priority = 2 ** 24 * 126 + 2 ** 8 * 0xffff + 255;
    protocol.localCandidate = new Candidate(foundation(host), 1, 'udp', priority, host, port, 'host');
    ice.protocols.push(protocol);
    ice.pairLocalProtocol(protocol);
    ice.appendLocalCandidate(protocol.localCandidate);
  }

  /**
   * Whether a packet comes from where the party has been heard. DTLS takes plain text at any time: without this,
   * anybody who finds the port could end the call with one forged message.
   */
  #isParty(from: [string, number], ice: IceInternals): boolean {
    const [host, port] = from;
    const address = addressOf(from);
    if (this.#known.has(address)) return true;
    const heard = ice.checkList.some(
      ({ remoteCandidate }) => remoteCandidate.host === host && remoteCandidate.port === port,
    );
    // Remembered over ICE restarts, which empty the list while media still comes the old way.
    if (heard && this.#known.size < MAX_REMOTE_ADDRESSES) this.#known.add(address);
    return heard;
  }
}

function addressOf([host, port]: readonly [string, number]): string {
  return `${host} ${port}`;
}

/** RFC 7983, 7. */
function isStun(data: Buffer): boolean {
  return data[0]! < 4;
}
