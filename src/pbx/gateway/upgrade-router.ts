/** Hands the WebSocket upgrades of an HTTP server to whoever takes their path. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

interface Route {
  /** Undefined takes every path that no other route takes. */
  readonly path: string | undefined;
  readonly handler: UpgradeHandler;
}

interface Router {
  readonly routes: Set<Route>;
  readonly listener: UpgradeHandler;
}

/** One router for each server, so that routes know of each other and the last word is spoken once. */
const routers = new WeakMap<Server, Router>();

/** Takes the upgrades to a path, or to every path nobody else takes. Returns the way to stop. */
export function routeUpgrades(server: Server, path: string | undefined, handler: UpgradeHandler): () => void {
  const router = routers.get(server) ?? createRouter(server);
  const route: Route = { path, handler };
  router.routes.add(route);
  return () => {
    router.routes.delete(route);
    if (router.routes.size > 0) return;
    server.off('upgrade', router.listener);
    routers.delete(server);
  };
}

/** Answers an upgrade that is not wanted, in plain HTTP, and closes the connection. */
export function refuseUpgrade(socket: Duplex, status: string, message: string): void {
  socket.on('error', () => {});
  const body = `${message}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function createRouter(server: Server): Router {
  const routes = new Set<Route>();
  const listener: UpgradeHandler = (request, socket, head) => {
    const path = (request.url ?? '').split('?', 1)[0];
    const route =
      [...routes].find((each) => each.path === path) ?? [...routes].find((each) => each.path === undefined);
    if (route) route.handler(request, socket, head);
    // Somebody else who listens on this server may want it.
    else if (server.listenerCount('upgrade') === 1) {
      refuseUpgrade(socket, '404 Not Found', 'There is no WebSocket at this address.');
    }
  };
  const router = { routes, listener };
  routers.set(server, router);
  server.on('upgrade', listener);
  return router;
}
