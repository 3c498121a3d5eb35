/** `GET /healthz`: whether the phone system works, for load balancers, containers and people. */
import type { FastifyInstance } from 'fastify';

/** How the phone system is; the body of the answer. */
export interface Health {
  readonly status: 'starting' | 'ok' | 'stopping';
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly connections: number;
  readonly sessions: number;
  readonly legs: number;
  readonly mediaLegs: number;
  /** What somebody should look at, as sentences. */
  readonly warnings: readonly string[];
}

/** Adds the route: 200 while the phone system takes calls, else 503. */
export function serveHealth(app: FastifyInstance, health: () => Health): void {
  app.get('/healthz', (_request, reply) => {
    const now = health();
    return reply
      .code(now.status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(now);
  });
}
