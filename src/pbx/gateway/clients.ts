/** Everybody who has signed in, with a socket or waiting for one. */
import * as v from 'valibot';
import type { CheckedParams, Result } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';
import { AwayList } from './away.js';
import { Client } from './client.js';
import type { Arrival, ClientKeeper, ClosingReason, Line } from './client.js';
import { keptClientSchema } from './kept-client.js';
import type { ConnectionParts } from './parts.js';

/** A client with what it is to be told first. */
export interface Greeted<T> {
  readonly client: Client;
  readonly greeting: T;
}

export class Clients {
  readonly #clients = new Map<string, Client>();

  readonly #keeper: ClientKeeper;

  constructor(private readonly parts: ConnectionParts) {
    const away = new AwayList(() => parts.settings().limits);
    this.#keeper = {
      away: (client) => away.add(client),
      back: (client) => away.delete(client),
      over: (client) => {
        away.delete(client);
        this.#clients.delete(client.id);
      },
    };
  }

  /** Somebody has signed in. */
  enter(arrival: Arrival, line: Line): Greeted<Result<'connection.open'>> {
    const client = this.#create(arrival);
    return { client, greeting: client.enter(line) };
  }

  /** Waits for those who were signed in when an earlier process ended, unless their accounts are gone. */
  restore(): void {
    const { accounts, live } = this.parts;
    for (const [id, content] of live.list('client')) {
      const kept = v.safeParse(keptClientSchema, content);
      const signedIn = kept.success ? accounts.restore(kept.output.signIn) : null;
      if (!kept.success || !signedIn) {
        live.put('client', id, null);
        continue;
      }
      const { origin, properties, secrets, program } = kept.output;
      const before = { id, secrets, program };
      this.#create({ signedIn, origin: origin ?? undefined, properties, before }).restore();
    }
  }

  /** The contact of a client; undefined when there is no such client. */
  contactOf(id: string): Contact | undefined {
    return this.#clients.get(id)?.contact;
  }

  #create(arrival: Arrival): Client {
    const client = new Client(arrival, this.parts, this.#keeper);
    this.#clients.set(client.id, client);
    return client;
  }

  /**
   * Somebody who lost its socket is there again. Null, alike for a client nobody knows, that is over, and a secret
   * that does not fit.
   */
  resume(
    params: CheckedParams<'connection.resume'>,
    line: Line,
    origin: string | undefined,
  ): Greeted<Result<'connection.resume'>> | null {
    const client = this.#clients.get(params.connectionId);
    const greeting = client?.resume(line, origin, params);
    return client && greeting ? { client, greeting } : null;
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
