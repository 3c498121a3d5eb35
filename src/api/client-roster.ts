import type { WebClient } from '../phone/index.js';
import type { ClientStatus } from './enums.js';
import { Topic } from './topic.js';

/** Another web client: its own properties, and these two, which win over properties of the same name. */
export interface ClientInfo {
  readonly [property: string]: string | number | boolean | null;
  readonly phoneNumber: string;
  readonly status: ClientStatus;
}

/** The other web clients that are there. */
export class ClientRoster {
  readonly changed = new Topic<[client: ClientInfo]>(() => [...this.#told.values()].map((info) => [info]));
  #clients = new Map<string, WebClient>();
  readonly #told = new Map<string, ClientInfo>();

  /** Knows exactly these from now on. The function it returns tells the page. */
  reset(clients: readonly WebClient[]): () => void {
    this.#clients = new Map(clients.map((client) => [client.phoneNumber, client]));
    return () => {
      for (const [number, info] of [...this.#told]) {
        if (!this.#clients.has(number)) this.#tell({ ...info, status: 'OFFLINE' });
      }
      for (const client of this.#clients.values()) {
        const info = clientInfo(client);
        if (JSON.stringify(info) !== JSON.stringify(this.#told.get(client.phoneNumber))) this.#tell(info);
      }
    };
  }

  put(client: WebClient): void {
    this.#clients.set(client.phoneNumber, client);
    this.#tell(clientInfo(client));
  }

  clear(): void {
    this.#clients.clear();
    this.#told.clear();
  }

  #tell(info: ClientInfo): void {
    if (info.status === 'ONLINE') this.#told.set(info.phoneNumber, info);
    else {
      this.#told.delete(info.phoneNumber);
      this.#clients.delete(info.phoneNumber);
    }
    this.changed.raise(info);
  }
}

/** The flat object of `onClientStateChanged`. A phone system that let a password through is not helped to spread it. */
export function clientInfo({ properties, phoneNumber, status }: WebClient): ClientInfo {
  const shared = Object.entries(properties).filter(([key]) => !/^password$/i.test(key));
  return Object.freeze({ ...Object.fromEntries(shared), phoneNumber, status });
}
