/** SIP over one TCP or TLS connection to the server, by which its requests come too (RFC 5626). */
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { Framing } from './framing.js';
import type { Peer, Wire, WireEvents } from './wire.js';

export interface StreamOptions {
  readonly server: Peer;
  /** Encrypted: the name the certificate has to be for, and who vouches for it besides the public authorities. */
  readonly tls: { readonly name: string; readonly ca: string | null } | null;
  readonly events: WireEvents;
}

const CONNECT_MS = 10_000;

/** Connects. Rejects when the server is not there, or its certificate is not to be trusted. */
export function openStream({ server, tls, events }: StreamOptions): Promise<Wire> {
  const { address: host, port } = server;
  return new Promise((resolve, reject) => {
    const socket: Socket = tls ? connectTls({ host, port, ...trust(tls) }) : connectTcp({ host, port });
    let open = false;
    const failed = (reason: string) => {
      socket.destroy();
      if (open) events.closed(reason);
      else reject(new Error(reason));
      open = false;
    };
    socket.setTimeout(CONNECT_MS, () => failed('The server does not answer.'));
    socket.on('error', (error) => failed(error.message));
    socket.on('close', () => failed('The server has closed the connection.'));
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      open = true;
      socket.setTimeout(0);
      socket.setKeepAlive(true, 30_000);
      socket.setNoDelay(true);
      const framing = new Framing();
      socket.on('data', (data: Buffer) => {
        if (!open) return;
        try {
          const { messages, pings } = framing.take(data.toString('latin1'));
          if (pings > 0) socket.write('\r\n'.repeat(pings));
          for (const message of messages) events.message(message, server);
        } catch (error) {
          failed((error as Error).message);
        }
      });
      resolve(wireOf(socket, tls ? 'TLS' : 'TCP', () => (open = false)));
    });
  });
}

function trust({ name, ca }: NonNullable<StreamOptions['tls']>): ConnectionOptions {
  return {
    minVersion: 'TLSv1.2',
    // An address is no name that can be asked for; its certificate is compared with it all the same.
    ...(!isIP(name) && { servername: name }),
    ...(ca !== null && { ca: [...rootCertificates, ca] }),
  };
}

function wireOf(socket: Socket, protocol: 'TCP' | 'TLS', closed: () => void): Wire {
  return {
    protocol,
    local: { address: socket.localAddress!, port: socket.localPort! },
    send: (text) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) return reject(new Error('The connection is closed.'));
        socket.write(text, 'utf8', (error) => (error ? reject(error) : resolve()));
      }),
    close: () => {
      closed();
      socket.destroy();
    },
  };
}
