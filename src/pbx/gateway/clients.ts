/** Everybody who has signed in, with a socket or waiting for one. */
import { ProtocolError } from '../../protocol/index.js';
import type { CheckedParams, Result } from '../../protocol/index.js';
import { Client } from './client.js';
import type { Arrival, ClosingReason, Line } from './client.js';
import type { Properties } from './directory.js';
import type { ConnectionParts } from './parts.js';

/** A client with what it is to be told first. */
export interface Greeted<T> {
  readonly client: Client;
  readonly greeting: T;
}

export class Clients {
  readonly #clients = new Map<string, Client>();

  constructor(private readonly parts: ConnectionParts) {}

  /** Somebody has signed in. */
  enter(arrival: Arrival, line: Line, properties: Properties): Greeted<Result<'connection.open'>> {
    const client = new Client(arrival, this.parts, ({ id }) => this.#clients.delete(id));
    this.#clients.set(client.id, client);
    return { client, greeting: client.enter(line, properties) };
  }

  /**
   * Somebody who lost its socket is there again.
   * @throws ProtocolError `unauthorized`, alike for a client nobody knows, that is over, and a secret that does not fit.
   */
  resume(
    params: CheckedParams<'connection.resume'>,
    line: Line,
    origin: string | undefined,
  ): Greeted<Result<'connection.resume'>> {
    const client = this.#clients.get(params.connectionId);
    const greeting = client?.resume(line, origin, params);
    if (!client || !greeting) {
      throw new ProtocolError('unauthorized', 'This connection cannot be resumed. Sign in anew.');
    }
    return { client, greeting };
  }

  /** The accounts were replaced. */
  renew(): void {
    for (const client of [...this.#clients.values()]) client.renew();
  }

  /** Tells everybody why, and ends them. */
  close(reason: ClosingReason, message: string, retryAfterMs: number): void {
    for (const client of [...this.#clients.values()]) client.close(reason, message, retryAfterMs);
  }
}
