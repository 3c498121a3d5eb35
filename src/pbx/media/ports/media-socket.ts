/**
 * A UDP socket for media, in the shape werift asks for. Its own binds without listening for errors, so that two legs
 * that take the same port at once would end the process; and it binds every address to a port of its own.
 */
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6, type AddressInfo } from 'node:net';

/** Opus at 50 packets a second needs little, but a key frame arrives in one burst. */
const BUFFER_BYTES = 1024 * 1024;

export class MediaSocket {
  readonly type = 'udp';
  onData: (data: Buffer, from: [string, number]) => void = () => {};
  /** A packet could not be sent. It is a lost packet: ICE notices by itself when none gets through. */
  onError: (error: Error) => void = () => {};
  /** Whether anything gets through to and from an address; null when everything does. */
  passes: ((address: readonly [string, number]) => boolean) | null = null;
  closed = false;
  readonly socketType: 'udp4' | 'udp6';

  readonly address: AddressInfo;

  private constructor(readonly socket: Socket) {
    this.address = socket.address();
    this.socketType = isIPv6(this.address.address) ? 'udp6' : 'udp4';
    socket.on('message', (data, { address, port }) => {
      if (this.passes?.([address, port]) ?? true) this.onData(data, [address, port]);
    });
    socket.on('error', (error) => this.onError(error));
  }

  /** Binds a socket; rejects with the system's error, for example `EADDRINUSE`. */
  static async bind(address: string, port: number): Promise<MediaSocket> {
    const ipv6 = isIPv6(address);
    const socket = createSocket(ipv6 ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ address, port, exclusive: true }, () => {
        socket.off('error', reject);
        resolve();
      });
    }).catch((error: unknown) => {
      socket.close();
      throw error;
    });
    try {
      socket.setRecvBufferSize(BUFFER_BYTES);
    } catch {
      // The system allows less: what it gives will do.
    }
    return new MediaSocket(socket);
  }

  get host(): string {
    return this.address.address;
  }

  get port(): number {
    return this.address.port;
  }

  send = (data: Buffer, to?: readonly [string, number]): Promise<void> => {
    if (!this.closed && to && (this.passes?.(to) ?? true)) {
      try {
        this.socket.send(data, to[1], to[0]);
      } catch {
        // A port out of range: the packet is lost like any other that has nowhere to go.
      }
    }
    return Promise.resolve();
  };

  close = (): Promise<void> => {
    if (this.closed) return Promise.resolve();
    this.closed = true;
    this.onData = () => {};
    this.onError = () => {};
    return new Promise((resolve) => this.socket.close(() => resolve()));
  };
}
