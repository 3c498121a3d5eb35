/** Where SIP messages go out and come in: a socket, seen from above. */

export interface Peer {
  readonly address: string;
  readonly port: number;
}

export interface WireEvents {
  /** A message, or what claims to be one; each character is one byte. */
  message(text: string, from: Peer): void;
  /** The connection is gone, for this reason; nothing more comes. */
  closed(reason: string): void;
}

export interface Wire {
  /** As a Via header field names it. */
  readonly protocol: 'UDP' | 'TCP' | 'TLS';
  /** Where the other side reaches it. */
  readonly local: Peer;
  /** Sends a message. Rejects when it cannot be sent. */
  send(text: string, to: Peer): Promise<void>;
  /** Closes it; no event comes any more. */
  close(): void;
}

/** The longest message that is looked at, in bytes. Invitations with every extension there is have less than 8 kB. */
export const MAX_MESSAGE = 16_384;

/** How an address is written in a SIP message. */
export function hostOf({ address, port }: Peer): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
