/** Binds a server to its port, or says in one line why that cannot be. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { waysToSet } from '../config/options.js';
import { StartError } from '../config/problem.js';

/**
 * Listens and returns the port, which for port 0 the system chose.
 * @throws StartError when the port cannot be had.
 */
export async function listen(
  app: FastifyInstance,
  host: string,
  port: number,
  key: 'port' | 'gatewayPort' | 'apiPort',
): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new StartError(describeFailure(error, host, port, key), { cause: error });
  }
  return portOf(app);
}

/** The port a server that listens is bound to. */
export function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}

function describeFailure(
  error: unknown,
  host: string,
  port: number,
  key: 'port' | 'gatewayPort' | 'apiPort',
): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use by another program. Choose another with ${waysToSet(key)}.`;
    case 'EACCES':
      return `Port ${port} of ${host} may not be used by this user. Choose another with ${waysToSet(key)}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine. Choose another with ${waysToSet('host')}.`;
    default:
      return `Port ${port} of ${host} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}
