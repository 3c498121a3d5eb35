import { Tap, type Handling } from './tap.js';

/** What of a fault concerns the sockets to a phone system. */
export interface SocketFault {
  /** What the phone system says last. */
  readonly lastWord?: string;
  /** The socket there is breaks. */
  readonly cut?: boolean;
  /** No other can be opened, for so long. */
  readonly refused?: boolean;
  /** What becomes of messages, for so long. */
  readonly incoming?: Handling;
  readonly outgoing?: Handling;
  /** Also of those of sockets opened meanwhile. */
  readonly everywhere?: boolean;
  /** How long, in milliseconds. */
  readonly ms: number;
  /** Over before that when the socket is given up. */
  readonly untilGivenUp?: boolean;
}

/** Closes the socket so that the phone system takes its client for lost, not for gone (RFC 6455, 7.4.2: one of its own). */
const CUT = 4000;

/**
 * Puts a fault between this page and a phone system, and resolves when it is over. All it does is done to the browser's
 * own sockets: to the one there is, and, by a `WebSocket` in place of the browser's, to those opened to the same address
 * while it lasts.
 */
export async function putBetween(socket: WebSocket, fault: SocketFault): Promise<void> {
  const { lastWord, cut, refused, everywhere, untilGivenUp, ms } = fault;
  const tap = Tap.on(socket);
  const taps = [tap];
  const browsers = globalThis.WebSocket;
  const ours = new Proxy(browsers, {
    construct(target, args: ConstructorParameters<typeof WebSocket>) {
      const other = new target(...args);
      if (other.url !== socket.url) return other;
      if (refused) other.close();
      if (everywhere) taps.push(Tap.on(other).handle(fault));
      return other;
    },
  });
  globalThis.WebSocket = ours;
  tap.handle(fault);
  // Who speaks SIP has no such word.
  if (lastWord && !socket.protocol) tap.tell(new MessageEvent('message', { data: lastWord }));
  if (cut) socket.close(CUT);
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
    if (untilGivenUp) socket.addEventListener('close', () => resolve(), { once: true });
  });
  if (globalThis.WebSocket === ours) globalThis.WebSocket = browsers;
  for (const each of taps) each.handle({});
}
