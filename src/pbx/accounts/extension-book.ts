/** The extensions there are, and adding, changing and removing those that are not the configuration file's. */
import * as v from 'valibot';
import type { Settings } from '../config/settings.js';
import type { Log } from '../log.js';
import type { ExtensionStore } from '../storage/extension-store.js';
import { addedExtensionSchema, idsOf, withAdded } from './added-extensions.js';
import type { AddedExtension, EffectiveSettings, ExtensionType } from './added-extensions.js';
import { hashPassword } from './passwords.js';

/** Why an extension cannot be added, changed or removed; the message says what is wrong with it. */
export class ExtensionError extends Error {
  override readonly name = 'ExtensionError';

  constructor(
    readonly problem: 'not-found' | 'invalid' | 'exists',
    message: string,
  ) {
    super(message);
  }
}

/** An extension as commands write it; what is left out keeps its value, or has its default when it is added. */
export interface ExtensionFields {
  readonly id: string;
  readonly name?: string | undefined;
  /** Of a webphone; it is kept as a hash. */
  readonly password?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly userId?: string | undefined;
  /** Of an API extension; an empty text takes one away. */
  readonly incomingCallUrl?: string | undefined;
  readonly incomingMessageUrl?: string | undefined;
  readonly errorUrl?: string | undefined;
}

/** An extension as commands read it. */
export interface ExtensionEntry {
  readonly id: string;
  readonly type: ExtensionType;
  readonly name: string;
  readonly enabled: boolean;
  /** The first user who has it on the desk; empty when nobody has. */
  readonly userId: string;
  readonly incomingCallUrl: string;
  readonly incomingMessageUrl: string;
  readonly errorUrl: string;
}

/** What is known of an extension, whether it is the file's or was added. */
type Described = Pick<ExtensionEntry, 'id' | 'name'> & {
  readonly [K in keyof ExtensionEntry]?: ExtensionEntry[K] | undefined;
};

export interface ExtensionBookParts {
  readonly store: ExtensionStore;
  /** The configuration file's settings, as they are now. */
  readonly settings: () => Settings;
  readonly log: Log;
}

/** Extensions that may be added: every phone is told of all of them. */
const MAX_ADDED = 5000;
const MAX_PASSWORD = 256;

/** What commands write, by type: what else they write is a mistake. */
const OWN_FIELDS: Record<ExtensionType, readonly (keyof ExtensionFields)[]> = {
  Webphone: ['password'],
  API: ['incomingCallUrl', 'incomingMessageUrl', 'errorUrl'],
  Conference: [],
};
const COMMON_FIELDS: readonly (keyof ExtensionFields)[] = ['id', 'name', 'enabled', 'userId'];

export class ExtensionBook {
  readonly #added = new Map<string, AddedExtension>();
  readonly #listeners = new Set<() => void>();

  constructor(private readonly parts: ExtensionBookParts) {
    for (const { id, content } of parts.store.list()) {
      const read = v.safeParse(addedExtensionSchema, parseJson(content));
      if (read.success) this.#added.set(id, read.output);
      // It stays in the database, for the version that can read it.
      else parts.log.error({ extension: id }, 'An extension that a command added cannot be read.');
    }
  }

  /** Tells when extensions were added, changed or removed. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The configuration with the added extensions in it. */
  effective(): EffectiveSettings {
    return withAdded(this.parts.settings(), [...this.#added.values()]);
  }

  /** All extensions: those of the file first. */
  list(): ExtensionEntry[] {
    const settings = this.parts.settings();
    const taken = idsOf(settings);
    return [
      ...settings.extensions.map((extension) => this.#entry('Webphone', extension)),
      ...settings.conferences.map((extension) => this.#entry('Conference', extension)),
      ...settings.apiExtensions.map((extension) => this.#entry('API', extension)),
      ...[...this.#added.values()]
        .filter(({ id }) => !taken.has(id))
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map((extension) => this.#entry(extension.type, extension)),
    ];
  }

  find(id: string): ExtensionEntry | undefined {
    return this.list().find((entry) => entry.id === id);
  }

  /** @throws ExtensionError `exists` or `invalid`. */
  async add(type: ExtensionType, fields: ExtensionFields): Promise<void> {
    const hash = await this.#hashed(type, fields);
    const { id } = fields;
    if (idsOf(this.parts.settings()).has(id) || this.#added.has(id)) {
      throw new ExtensionError('exists', `there is one with the ID '${id}' already`);
    }
    if (this.#added.size >= MAX_ADDED) {
      throw new ExtensionError('invalid', `there are ${MAX_ADDED} added extensions, and no more are taken`);
    }
    if (type === 'Webphone' && hash === undefined) throw invalid('Password', 'it is missing');
    this.#keep(type, fields, hash, undefined);
  }

  /** @throws ExtensionError `not-found` or `invalid`. */
  async modify(type: ExtensionType, fields: ExtensionFields): Promise<void> {
    const hash = await this.#hashed(type, fields);
    const before = this.#own(fields.id);
    if (before.type !== type) {
      throw new ExtensionError('invalid', `'${fields.id}' is of the type ${before.type}`);
    }
    this.#keep(type, fields, hash, before);
  }

  /** @throws ExtensionError `not-found`, or `invalid` for one of the configuration file. */
  remove(id: string): void {
    this.#own(id);
    this.parts.store.remove(id);
    this.#added.delete(id);
    this.#changed();
  }

  /** One that a command added, and so may be changed by one. */
  #own(id: string): AddedExtension {
    if (idsOf(this.parts.settings()).has(id)) {
      throw new ExtensionError('invalid', `'${id}' is in the configuration file and is changed there`);
    }
    const found = this.#added.get(id);
    if (!found) throw new ExtensionError('not-found', `'${id}'`);
    return found;
  }

  #keep(
    type: ExtensionType,
    fields: ExtensionFields,
    hash: string | undefined,
    before: AddedExtension | undefined,
  ): void {
    const { password: _password, ...given } = Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== undefined),
    ) as Partial<ExtensionFields>;
    const read = v.safeParse(addedExtensionSchema, {
      ...{ type, name: fields.id, enabled: true, userId: '' },
      ...(type === 'API' && { incomingCallUrl: '', incomingMessageUrl: '', errorUrl: '' }),
      ...before,
      ...given,
      ...(hash !== undefined && { passwordHash: hash }),
    });
    if (!read.success) {
      const field = (v.getDotPath(read.issues[0]) ?? 'id') as keyof ExtensionFields;
      throw invalid(FIELD_NAMES[field], 'it is not a usable value');
    }
    const { userId } = read.output;
    if (userId !== '' && !this.parts.settings().users.some(({ id }) => id === userId)) {
      throw invalid('UserID', 'there is no such user in the configuration file');
    }
    this.parts.store.put(fields.id, JSON.stringify(read.output));
    this.#added.set(fields.id, read.output);
    this.#changed();
  }

  /** Checks which fields there are, and works out the hash of the password. */
  async #hashed(type: ExtensionType, fields: ExtensionFields): Promise<string | undefined> {
    const known = [...COMMON_FIELDS, ...OWN_FIELDS[type]];
    for (const [field, value] of Object.entries(fields) as [keyof ExtensionFields, unknown][]) {
      if (value !== undefined && !known.includes(field)) {
        throw invalid(FIELD_NAMES[field], `an extension of the type ${type} has none`);
      }
    }
    const { password } = fields;
    if (password === undefined || password === '') return undefined;
    if (password.length > MAX_PASSWORD)
      throw invalid('Password', `it is longer than ${MAX_PASSWORD} characters`);
    return hashPassword(password);
  }

  #entry(type: ExtensionType, extension: Described): ExtensionEntry {
    const { id, name, enabled = true, userId } = extension;
    const user = this.parts.settings().users.find(({ extensions }) => extensions.includes(id));
    return {
      ...{ id, type, name, enabled, userId: userId ?? user?.id ?? '' },
      incomingCallUrl: extension.incomingCallUrl ?? '',
      incomingMessageUrl: extension.incomingMessageUrl ?? '',
      errorUrl: extension.errorUrl ?? '',
    };
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The fields as commands call them. */
const FIELD_NAMES: Record<keyof ExtensionFields, string> = {
  id: 'ID',
  name: 'Username',
  password: 'Password',
  enabled: 'Enabled',
  userId: 'UserID',
  incomingCallUrl: 'IncomingCallUrl',
  incomingMessageUrl: 'IncomingMessageUrl',
  errorUrl: 'ErrorUrl',
};

function invalid(field: string, why: string): ExtensionError {
  return new ExtensionError('invalid', `${field}: ${why}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
