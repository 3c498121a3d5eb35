/** Hands out UDP ports: one per leg, bound on each local address, so that answers leave from where they were asked. */
import { isIPv6 } from 'node:net';
import { ProtocolError } from '../../../protocol/index.js';
import { MediaSocket } from './media-socket.js';

/** Every port of the configured range is taken. */
export class OutOfMediaPorts extends ProtocolError {
  constructor(readonly range: readonly [number, number]) {
    super(
      'media-failed',
      `All media ports from ${range[0]} to ${range[1]} are in use: end a call, or widen the range of media ports.`,
    );
  }
}

/** How often a port that the system chose may be taken on another address before the attempt is given up. */
const ATTEMPTS = 20;

export class MediaPorts {
  #next: number;

  constructor(private readonly range?: readonly [number, number]) {
    this.#next = range?.[0] ?? 0;
  }

  /**
   * Binds one port on each of the addresses. An address that has gone away meanwhile is left out. Rejects with
   * {@link OutOfMediaPorts} when the range is used up.
   */
  async open(addresses: readonly string[]): Promise<MediaSocket[]> {
    if (!this.range) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const sockets = await bindAll(addresses, 0);
        if (sockets) return sockets;
      }
      throw new ProtocolError('media-failed', 'This machine has no free UDP port for media.');
    }
    const [low, high] = this.range;
    for (let tried = low; tried <= high; tried++) {
      const port = this.#next;
      this.#next = port >= high ? low : port + 1;
      const sockets = await bindAll(addresses, port);
      if (sockets) return sockets;
    }
    throw new OutOfMediaPorts(this.range);
  }

  /**
   * Binds an even port of the address for RTP and the next one for RTCP (RFC 3550, 11). An address that is not this
   * machine's, as that of a router in front of it, is bound on all addresses. Rejects like {@link open}.
   */
  async openPair(address: string): Promise<[MediaSocket, MediaSocket]> {
    if (!this.range) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const pair = await bindPair(address, 0);
        if (pair) return pair;
      }
      throw new ProtocolError(
        'media-failed',
        'This machine has no two free UDP ports for the media of a trunk.',
      );
    }
    const [low, high] = this.range;
    for (let tried = low; tried < high; tried += 2) {
      const even = this.#next + (this.#next & 1);
      const port = even < high ? even : low + (low & 1);
      this.#next = port + 2 > high ? low : port + 2;
      const pair = port < high ? await bindPair(address, port) : null;
      if (pair) return pair;
    }
    throw new OutOfMediaPorts(this.range);
  }
}

/** Binds an even port (0: any) and the one after it; null when one of them is taken. */
async function bindPair(address: string, port: number): Promise<[MediaSocket, MediaSocket] | null> {
  const first = await bindHere(address, port);
  if (!first) return null;
  const second = first.port % 2 === 0 ? await bindHere(address, first.port + 1) : null;
  if (second) return [first, second];
  await first.close();
  return null;
}

async function bindHere(address: string, port: number): Promise<MediaSocket | null> {
  for (const place of [address, isIPv6(address) ? '::' : '0.0.0.0']) {
    try {
      return await MediaSocket.bind(place, port);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EADDRINUSE' || code === 'EACCES') return null;
      if (code !== 'EADDRNOTAVAIL') throw error;
    }
  }
  return null;
}

/** Binds the port (0: any) on all addresses; null when it is taken on one of them. */
async function bindAll(addresses: readonly string[], port: number): Promise<MediaSocket[] | null> {
  const sockets: MediaSocket[] = [];
  for (const address of addresses) {
    try {
      sockets.push(await MediaSocket.bind(address, sockets[0]?.port ?? port));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') continue;
      await Promise.all(sockets.map((socket) => socket.close()));
      if (code === 'EADDRINUSE' || code === 'EACCES') return null;
      throw error;
    }
  }
  return sockets.length > 0 ? sockets : null;
}
