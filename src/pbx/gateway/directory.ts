/** The directory: users and other clients, told to those who asked for it by `directory.watch`. */
import type { Result, User, WebClient } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';

/** What a client told about itself. */
export type Properties = WebClient['properties'];

/** What the directory says at any moment. */
export interface DirectoryFacts {
  users(): readonly User[];
  legacySessionStates(): boolean;
}

/** A phone that is signed in, and what it told about itself. */
interface Presence {
  readonly contact: Contact;
  readonly properties: Properties;
}

export class Directory {
  /** The phones of each number, the latest last. */
  readonly #present = new Map<string, Presence[]>();
  /** Who watches, with the users each of them was told, by id, as JSON. */
  readonly #watchers = new Map<Contact, Map<string, string>>();
  #silent = false;

  constructor(private readonly facts: DirectoryFacts) {}

  /** A phone has signed in. A number is one client, however many phones it has: what the latest told counts. */
  enter(contact: Contact, properties: Properties): void {
    const { number } = contact.identity;
    this.#present.set(number, [...(this.#present.get(number) ?? []), { contact, properties }]);
    this.#announce(number, { phoneNumber: number, status: 'ONLINE', properties });
  }

  /** A phone is gone. With the last one of a number the client is offline. */
  leave(contact: Contact): void {
    const { number } = contact.identity;
    this.#watchers.delete(contact);
    const before = this.#present.get(number) ?? [];
    const rest = before.filter((presence) => presence.contact !== contact);
    const [was, now] = [before.at(-1), rest.at(-1)];
    if (!was || rest.length === before.length) return;
    if (now) this.#present.set(number, rest);
    else this.#present.delete(number);
    // Only the latest counts, so who leaves before it changes nothing.
    if (was === now) return;
    this.#announce(number, {
      phoneNumber: number,
      status: now ? 'ONLINE' : 'OFFLINE',
      properties: (now ?? was).properties,
    });
  }

  /** Everything this phone may know, and from now on what changes. */
  watch(contact: Contact): Result<'directory.watch'> {
    const users = this.#usersFor(contact);
    this.#watchers.set(contact, asTold(users));
    return {
      users,
      clients: [...this.#present.values()].flatMap((phones) => {
        const latest = phones.at(-1);
        return latest && maySee(contact, latest.contact.identity.number) ? [clientOf(latest)] : [];
      }),
      legacySessionStates: this.facts.legacySessionStates(),
    };
  }

  /** Announces nothing any more: when everybody goes, nobody needs to be told of everybody. */
  silence(): void {
    this.#silent = true;
  }

  /** Users or privileges are others now: each watcher is told what has changed for it. */
  usersChanged(): void {
    for (const [contact, told] of [...this.#watchers]) {
      const users = this.#usersFor(contact);
      const now = asTold(users);
      this.#watchers.set(contact, now);
      for (const id of told.keys()) if (!now.has(id)) contact.tell('user.removed', { id });
      for (const user of users) {
        if (told.get(user.id) !== now.get(user.id)) contact.tell('user.changed', user);
      }
    }
  }

  /** All users with the privilege, otherwise those who have this extension on their desk. */
  #usersFor({ identity, account }: Contact): User[] {
    if (identity.privileges.includes('users')) return [...this.facts.users()];
    if (identity.kind !== 'extension') return [];
    return this.facts.users().filter((user) => user.extensions.includes(account.id));
  }

  #announce(number: string, client: WebClient): void {
    if (this.#silent) return;
    for (const contact of [...this.#watchers.keys()]) {
      if (maySee(contact, number)) contact.tell('client.changed', client);
    }
  }
}

/** Visitors of a web site are told of nobody, and nobody of itself. */
function maySee({ identity }: Contact, number: string): boolean {
  return identity.kind !== 'line' && identity.number !== number;
}

function clientOf({ contact, properties }: Presence): WebClient {
  return { phoneNumber: contact.identity.number, status: 'ONLINE', properties };
}

function asTold(users: readonly User[]): Map<string, string> {
  return new Map(users.map((user) => [user.id, JSON.stringify(user)]));
}
