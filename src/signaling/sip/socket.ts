import { MAX_MESSAGE_BYTES } from '../../protocol/limits.js';
import { SignalingError } from '../port.js';
import type { Transport } from './jssip.js';

/** RFC 5626, 4.4.1: what one side sends to see whether the other is there, and what that answers. */
const PING = '\r\n\r\n';
const PONG = '\r\n';

/** One WebSocket with the subprotocol `sip` (RFC 7118). */
export class SipSocket implements Transport {
  readonly via_transport: string;
  readonly sip_uri: string;
  /** When something came last (`Date.now()`). */
  heardAt = 0;

  private constructor(
    readonly socket: WebSocket,
    readonly url: string,
  ) {
    const { host, protocol } = new URL(url);
    this.via_transport = protocol.slice(0, -1).toUpperCase();
    this.sip_uri = `sip:${host};transport=ws`;
  }

  /** Connects; rejects with `down` when nobody answers in time, or without that subprotocol. */
  static open(url: string, timeoutMs: number): Promise<SipSocket> {
    return new Promise((resolve, reject) => {
      let socket: WebSocket;
      try {
        socket = new WebSocket(url, 'sip');
      } catch {
        // An address from a page may hold anything: it is not repeated.
        reject(new SignalingError('invalid-address', 'This page cannot connect to this SIP server.'));
        return;
      }
      socket.binaryType = 'arraybuffer';
      const failed = () => {
        clearTimeout(timer);
        socket.onopen = socket.onclose = null;
        socket.close();
        reject(new SignalingError('down', 'Nobody answers at the address of the SIP server.'));
      };
      const timer = setTimeout(failed, timeoutMs);
      socket.onclose = failed;
      // An error is always followed by a close, which says the same.
      socket.onerror = () => {};
      socket.onopen = () => {
        clearTimeout(timer);
        resolve(new SipSocket(socket, url));
      };
    });
  }

  /** Tells what comes from now on, and when nothing comes any more. */
  listen(message: (text: string) => void, closed: () => void): void {
    const { socket } = this;
    socket.onclose = closed;
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.heardAt = Date.now();
      const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
      if (text === PING) this.send(PONG);
      else if (text.trim() && text.length <= MAX_MESSAGE_BYTES) message(text);
    };
    // It may have closed between the opening and now.
    if (socket.readyState > WebSocket.OPEN) closed();
  }

  send(message: string | { toString(): string }): boolean {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(String(message));
    return true;
  }

  /** Closes it; nothing is told any more. */
  close(): void {
    const { socket } = this;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
