/** Who is online, on how many phones, and what each extension is doing (BLF). */
import type { AnyEventData, AnyEventName, Extension, ExtensionStatus } from '../../protocol/index.js';
import type { Contact } from './contact.js';

type Account = Omit<Extension, 'status'>;

/** What an account's phones are doing at the moment. */
export interface Activity {
  /** A call rings at it. */
  readonly ringing: boolean;
  /** It is in a call, or calling. */
  readonly busy: boolean;
}

/**
 * The status of an account. A call that rings is shown even while another one is held, because it is the one
 * that can be picked up.
 */
export function statusOf(online: boolean, { ringing, busy }: Activity): ExtensionStatus {
  if (!online) return 'offline';
  if (ringing) return 'ringing';
  return busy ? 'busy' : 'idle';
}

interface Entry {
  account: Account;
  /** Something in the phone system itself, which is always there. */
  readonly service: boolean;
  /** A line that is registered at its provider. */
  registered: boolean;
  readonly contacts: Set<Contact>;
  activity: Activity;
  status: ExtensionStatus;
}

const QUIET: Activity = { ringing: false, busy: false };

export class Registrar {
  readonly #entries = new Map<string, Entry>();
  readonly #contacts = new Set<Contact>();
  #silent = false;

  constructor(accounts: readonly Account[]) {
    for (const account of accounts) this.#enter(account, false);
  }

  /** Every phone that is signed in. */
  contacts(): readonly Contact[] {
    return [...this.#contacts];
  }

  /** The phones calls to a number ring at: an extension's, or a token holder's. Visitors are not called. */
  contactsOf(number: string): readonly Contact[] {
    return this.contacts().filter(({ identity }) => identity.kind !== 'line' && identity.number === number);
  }

  /** The phones that messages to a number are shown at: as those calls ring at, and visitors too. */
  phonesOf(number: string): readonly Contact[] {
    return this.contacts().filter(({ identity }) => identity.number === number);
  }

  /** Whether a phone with this number, an extension's or a visitor's, is signed in. */
  isOnline(number: string): boolean {
    return [...this.#contacts].some((contact) => contact.identity.number === number);
  }

  /** All extensions and outside lines with their status. */
  list(): Extension[] {
    return [...this.#entries.values()].map(({ account, status }) => ({ ...account, status }));
  }

  add(contact: Contact): void {
    this.#contacts.add(contact);
    this.#change(contact.account, (entry) => entry.contacts.add(contact));
  }

  remove(contact: Contact): void {
    this.#contacts.delete(contact);
    this.#change(contact.account, (entry) => entry.contacts.delete(contact));
  }

  /** Announces nothing any more: when everybody goes, nobody needs to be told of everybody. */
  silence(): void {
    this.#silent = true;
  }

  /** Takes note of what an account's phones are doing now. */
  setActivity(account: Account, activity: Activity): void {
    this.#change(account, (entry) => (entry.activity = activity));
  }

  /** A line is registered at its provider now, or is not any more. */
  setRegistered(account: Account, registered: boolean): void {
    this.#change(account, (entry) => (entry.registered = registered));
  }

  /** The accounts are others now: tells those that are new, changed or gone. Phones stay where they are. */
  replace(accounts: readonly Account[]): void {
    this.#replace(accounts, false);
  }

  /** The same for what the phone system itself answers at, such as conferences: never offline. */
  replaceServices(accounts: readonly Account[]): void {
    this.#replace(accounts, true);
  }

  #replace(accounts: readonly Account[], service: boolean): void {
    const keys = new Set(accounts.map(keyOf));
    for (const [key, { account, ...entry }] of [...this.#entries]) {
      if (keys.has(key) || entry.service !== service) continue;
      this.#entries.delete(key);
      this.#announce('extension.removed', { id: account.id });
    }
    for (const account of accounts) {
      const known = this.#entries.get(keyOf(account));
      // A number that was a service's and is somebody's now, or the other way round, begins anew.
      const entry = known?.service === service ? known : undefined;
      if (entry?.account.name === account.name && entry.account.type === account.type) continue;
      if (entry) entry.account = account;
      const { status } = entry ?? this.#enter(account, service);
      this.#announce('extension.changed', { ...account, status });
    }
  }

  /** Changes an entry, and tells every extension's phones if its status is another one now. */
  #change(account: Account, change: (entry: Entry) => void): void {
    const entry = this.#entries.get(keyOf(account));
    if (!entry) return;
    change(entry);
    const online = entry.service || entry.registered || entry.contacts.size > 0;
    const status = statusOf(online, entry.activity);
    if (status === entry.status) return;
    entry.status = status;
    this.#announce('extension.changed', { ...entry.account, status });
  }

  #enter(account: Account, service: boolean): Entry {
    const key = keyOf(account);
    const contacts = new Set(this.contacts().filter((contact) => keyOf(contact.account) === key));
    const status = statusOf(service || contacts.size > 0, QUIET);
    const entry = { account, service, registered: false, contacts, activity: QUIET, status };
    this.#entries.set(key, entry);
    return entry;
  }

  #announce<E extends AnyEventName>(event: E, data: AnyEventData<E>): void {
    if (this.#silent) return;
    for (const contact of this.contacts()) {
      // Visitors of a web site are not told who works there and what they are doing.
      if (contact.identity.kind !== 'line') contact.tell(event, data);
    }
  }
}

function keyOf({ kind, id }: Pick<Account, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}
