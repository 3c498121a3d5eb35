/** Who there is - extensions, outside lines, users - and who may sign in as whom. */
import { randomInt } from 'node:crypto';
import { PRIVILEGES } from '../../protocol/index.js';
import type { Credentials, Extension, Identity, Privilege } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import type { ExtensionSettings, Settings, UserSettings, WebphoneLineSettings } from '../config/settings.js';
import { decoyHash, verifyPassword } from './passwords.js';
import { hashToken, memoryTokenStore, Tokens } from './tokens.js';
import type { TokenStore } from './tokens.js';

/** An extension or outside line without what it is doing. */
export type Account = Omit<Extension, 'status'>;

/** Who has signed in. */
export interface SignedIn {
  readonly identity: Identity;
  /** The extension, or the line a visitor came in by. */
  readonly account: Account;
  /** The only extension a visitor may call; null for those who may call anybody. */
  readonly rings: string | null;
}

/** What every extension may do without being given it. */
export const DEFAULT_PRIVILEGES: readonly Privilege[] = ['users', 'calls.pickup'];

/** Letters and digits that are not mistaken for one another when read aloud. */
const VISITOR_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

export class Accounts {
  readonly #extensions: Map<string, ExtensionSettings>;
  readonly #lines: Map<string, WebphoneLineSettings>;
  readonly #users: readonly UserSettings[];
  readonly #tokens: Tokens;
  readonly #decoy: string;

  constructor(
    settings: Pick<Settings, 'extensions' | 'outsideLines' | 'users'>,
    clock: Clock,
    store: TokenStore = memoryTokenStore(),
  ) {
    this.#extensions = new Map(settings.extensions.map((extension) => [extension.id, extension]));
    this.#lines = new Map(settings.outsideLines.map((line) => [hashToken(line.token), line]));
    this.#users = settings.users;
    this.#tokens = new Tokens(store, clock);
    this.#decoy = decoyHash(settings.extensions[0]?.passwordHash);
  }

  /** All extensions and outside lines. */
  list(): Account[] {
    return [
      ...[...this.#extensions.values()].map(extensionAccount),
      ...[...this.#lines.values()].map(lineAccount),
    ];
  }

  /** The extension with that number. */
  extension(number: string): Account | undefined {
    const extension = this.#extensions.get(number);
    return extension && extensionAccount(extension);
  }

  /** All users. */
  users(): readonly UserSettings[] {
    return this.#users;
  }

  /**
   * Checks credentials. Null when they are wrong; an unknown extension takes as long as a wrong password, so
   * that nobody can find out which extensions there are. `isTaken` says whether a visitor's number is in use.
   */
  async signIn(credentials: Credentials, isTaken: (number: string) => boolean): Promise<SignedIn | null> {
    if (credentials.kind === 'token') return this.#signInByToken(credentials.token, isTaken);
    const extension = this.#extensions.get(credentials.extension);
    const right = await verifyPassword(credentials.password, extension?.passwordHash ?? this.#decoy);
    return right && extension ? signedIn(extension, privilegesOf(extension)) : null;
  }

  /**
   * A new token to sign in as an extension with these privileges, good for `validMs` milliseconds. Throws a
   * `RangeError` when there is no such extension.
   */
  issueToken(extension: string, privileges: readonly Privilege[], validMs: number): string {
    if (!this.#extensions.has(extension)) {
      throw new RangeError('A token needs an extension that exists in the configuration.');
    }
    return this.#tokens.issue(extension, privileges, validMs);
  }

  #signInByToken(token: string, isTaken: (number: string) => boolean): SignedIn | null {
    const line = this.#lines.get(hashToken(token));
    if (line) {
      const number = visitorNumber((candidate) => this.#extensions.has(candidate) || isTaken(candidate));
      return {
        identity: { number, name: line.name, kind: 'line', privileges: [] },
        account: lineAccount(line),
        rings: line.rings,
      };
    }
    const grant = this.#tokens.verify(token);
    const extension = grant && this.#extensions.get(grant.extension);
    return grant && extension ? signedIn(extension, [...grant.privileges]) : null;
  }
}

function signedIn(extension: ExtensionSettings, privileges: Privilege[]): SignedIn {
  return {
    identity: { number: extension.id, name: extension.name, kind: 'extension', privileges },
    account: extensionAccount(extension),
    rings: null,
  };
}

function privilegesOf({ privileges }: ExtensionSettings): Privilege[] {
  return privileges === 'all' ? [...PRIVILEGES] : [...new Set([...DEFAULT_PRIVILEGES, ...privileges])];
}

function extensionAccount({ id, name }: ExtensionSettings): Account {
  return { id, name, kind: 'extension', type: 'Webphone' };
}

function lineAccount({ id, name }: WebphoneLineSettings): Account {
  return { id, name, kind: 'line', type: 'Webphone outside line' };
}

/** A fresh random number for a visitor, such as `Qdb3W`; longer when the short ones run out. */
function visitorNumber(isTaken: (number: string) => boolean): string {
  for (let length = 5; ; length += 1) {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const number = Array.from({ length }, () => VISITOR_LETTERS[randomInt(VISITOR_LETTERS.length)]).join(
        '',
      );
      if (!isTaken(number)) return number;
    }
  }
}
