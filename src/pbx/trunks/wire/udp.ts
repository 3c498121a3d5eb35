/** SIP over UDP: each datagram is one message (RFC 3261, 18). */
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Clock } from '../../clock.js';
import { peek } from './peek.js';
import { Retransmission } from './retransmission.js';
import { MAX_MESSAGE } from './wire.js';
import type { Peer, Wire, WireEvents } from './wire.js';

export interface UdpOptions {
  readonly server: Peer;
  /** The port to be reached at; any free one when left out. */
  readonly localPort?: number | undefined;
  readonly clock: Clock;
  /** Whether something from this address is looked at at all. */
  readonly trusts: (address: string) => boolean;
  readonly events: WireEvents;
}

/** Opens a socket at the address from which the server is reached. Rejects when there is no way there. */
export async function openUdp({ server, localPort, clock, trusts, events }: UdpOptions): Promise<Wire> {
  const address = await addressTowards(server);
  const socket = createSocket(typeOf(server));
  await bound(socket, localPort ?? 0, address);
  let open = true;
  const failed = (error: Error) => {
    if (!open) return;
    close();
    events.closed(error.message);
  };
  const transmit = (text: string, to: Peer) =>
    new Promise<void>((resolve, reject) => {
      if (!open) return reject(new Error('The socket is closed.'));
      socket.send(Buffer.from(text, 'utf8'), to.port, to.address, (error) => {
        if (!error) return resolve();
        reject(error);
        // The address is not this machine's any more, or there is no network: another socket may find a way.
        failed(error);
      });
    });
  const retransmission = new Retransmission(clock, transmit);
  const close = () => {
    if (!open) return;
    open = false;
    retransmission.close();
    socket.close();
  };
  socket.on('message', (data, from) => {
    // Somebody else's datagrams, and the empty ones that keep a NAT open, are not even read.
    if (!open || data.length > MAX_MESSAGE || data.length < 20 || !trusts(from.address)) return;
    const text = data.toString('latin1');
    const message = peek(text);
    const peer = { address: from.address, port: from.port };
    if (message && retransmission.receive(message, peer)) events.message(text, peer);
  });
  socket.on('error', failed);
  return {
    protocol: 'UDP',
    local: { address, port: socket.address().port },
    send: (text, to) => retransmission.send(text, to),
    close,
  };
}

/** The address of this machine from which another is reached. */
async function addressTowards(server: Peer): Promise<string> {
  const probe = createSocket(typeOf(server));
  try {
    await Promise.all([once(probe, 'connect'), Promise.resolve(probe.connect(server.port, server.address))]);
    return probe.address().address;
  } finally {
    probe.close();
  }
}

async function bound(socket: Socket, port: number, address: string): Promise<void> {
  try {
    const listening = once(socket, 'listening');
    socket.bind(port, address);
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function typeOf({ address }: Peer): 'udp4' | 'udp6' {
  return isIPv6(address) ? 'udp6' : 'udp4';
}
