/**
 * Has everything a socket is given in one turn of the event loop go out in one piece. One change of a call is told to
 * every phone in several messages, and under load several changes fall into a turn: most of the time of the gateway
 * would go into handing single messages to the system.
 */
import type { Duplex } from 'node:stream';

const held = new Set<Duplex>();

/** Holds what is written to the socket from now on until the turn is over. */
export function holdForThisTurn(socket: Duplex): void {
  if (held.has(socket)) return;
  if (held.size === 0) setImmediate(letGo);
  held.add(socket);
  socket.cork();
}

/** Lets go what is held of the socket, ahead of the end of the turn. */
export function letGoNow(socket: Duplex): void {
  if (held.delete(socket)) socket.uncork();
}

function letGo(): void {
  for (const socket of held) letGoNow(socket);
}
