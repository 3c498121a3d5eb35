/** Who there is - extensions, conferences, API extensions, outside lines, users - and who may sign in as whom. */
import { randomInt } from 'node:crypto';
import { PRIVILEGES } from '../../protocol/index.js';
import type { Credentials, Extension, Identity, Privilege } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import type {
  ExtensionSettings,
  Settings,
  SipLineSettings,
  UserSettings,
  WebphoneLineSettings,
} from '../config/settings.js';
import { memoryTokenStore } from '../storage/token-store.js';
import type { TokenStore } from '../storage/token-store.js';
import { decoyHash, verifyPassword } from './passwords.js';
import { hashToken, Tokens } from './tokens.js';
import type { TokenRequest } from './tokens.js';

/** An extension or outside line without what it is doing. */
export type Account = Omit<Extension, 'status'>;

/** Who has signed in. */
export interface SignedIn {
  readonly identity: Identity;
  /** The extension, or the line a visitor came in by; the holder of a token is an account of its own. */
  readonly account: Account;
  /** The only number a visitor may call; null for those who may call anybody. */
  readonly rings: string | null;
  /** What it signed in by, to be compared when the accounts are replaced; never the secret itself. */
  readonly proof: string;
}

/** Somebody who has signed in, as it is written down: what is secret in it only as its hash. */
export type KeptSignIn = Omit<SignedIn, 'proof'> & { readonly proofHash: string };

/** The part of the configuration that says who there is. */
export type AccountSettings = Pick<
  Settings,
  'extensions' | 'conferences' | 'apiExtensions' | 'outsideLines' | 'users'
>;

/** What every extension may do without being given it. */
export const DEFAULT_PRIVILEGES: readonly Privilege[] = ['users', 'calls.pickup'];

/** Letters and digits that are not mistaken for one another when read aloud. */
const VISITOR_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

export class Accounts {
  #extensions = new Map<string, ExtensionSettings>();
  #services: ReadonlySet<string> = new Set();
  /** Those that visitors come in by, by the hash of their token. */
  #lines = new Map<string, WebphoneLineSettings>();
  #trunks: readonly SipLineSettings[] = [];
  #users: readonly UserSettings[] = [];
  #decoy = '';
  readonly #tokens: Tokens;

  constructor(settings: AccountSettings, clock: Clock, store: TokenStore = memoryTokenStore()) {
    this.#tokens = new Tokens(store, clock);
    this.replace(settings);
  }

  /** Takes other accounts from now on. Who has signed in is to be looked at again by {@link renew}. */
  replace({ extensions, conferences, apiExtensions, outsideLines, users }: AccountSettings): void {
    this.#extensions = new Map(extensions.map((extension) => [extension.id, extension]));
    this.#services = new Set([...conferences, ...apiExtensions].map(({ id }) => id));
    const webphoneLines = outsideLines.filter((line) => line.type === 'webphone');
    this.#lines = new Map(webphoneLines.map((line) => [hashToken(line.token), line]));
    this.#trunks = outsideLines.filter((line) => line.type === 'sip');
    this.#users = users;
    this.#decoy = decoyHash(extensions[0]?.passwordHash);
  }

  /** All extensions and outside lines. */
  list(): Account[] {
    return [
      ...[...this.#extensions.values()].map(extensionAccount),
      ...[...this.#lines.values()].map(lineAccount),
      ...this.#trunks.map(trunkAccount),
    ];
  }

  /** The extension with that number. */
  extension(number: string): Account | undefined {
    const extension = this.#extensions.get(number);
    return extension && extensionAccount(extension);
  }

  /** Whether the phone system itself answers at this number: a conference or an API extension. */
  isService(number: string): boolean {
    return this.#services.has(number);
  }

  /** What a visitor who comes by this token reaches; undefined when it is the token of no outside line. */
  ringsByToken(token: string): string | undefined {
    return this.#lines.get(hashToken(token))?.rings;
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
    // The accounts may have been replaced while the password was worked out.
    const now = right && extension && this.#extensions.get(extension.id);
    return now && now.passwordHash === extension.passwordHash ? signedInExtension(now) : null;
  }

  /**
   * Who somebody that signed in earlier is now that the accounts were replaced; null when the account is gone
   * or its password or token is another one. Generated tokens outlast every configuration.
   */
  renew(signedIn: SignedIn): SignedIn | null {
    const { identity, proof } = signedIn;
    if (identity.kind === 'token') return signedIn;
    if (identity.kind === 'line') {
      const line = this.#lines.get(proof);
      return line?.id === signedIn.account.id ? signedInVisitor(identity.number, line, proof) : null;
    }
    const extension = this.#extensions.get(identity.number);
    return extension?.passwordHash === proof ? signedInExtension(extension) : null;
  }

  /** What to write down of somebody who has signed in, for a process that comes after this one. */
  keep({ proof, ...signedIn }: SignedIn): KeptSignIn {
    return { ...signedIn, proofHash: signedIn.identity.kind === 'extension' ? hashToken(proof) : proof };
  }

  /** Who that is now; null as of {@link renew}. */
  restore({ proofHash, ...kept }: KeptSignIn): SignedIn | null {
    const { kind, number } = kept.identity;
    if (kind !== 'extension') return this.renew({ ...kept, proof: proofHash });
    const proof = this.#extensions.get(number)?.passwordHash;
    return proof !== undefined && hashToken(proof) === proofHash ? this.renew({ ...kept, proof }) : null;
  }

  /**
   * A new security token of 22 characters: whoever has it signs in with a number of its own.
   * @throws RangeError when it would not be valid for any time at all.
   */
  issueToken(request: TokenRequest = {}): string {
    return this.#tokens.issue(request);
  }

  #signInByToken(token: string, isTaken: (number: string) => boolean): SignedIn | null {
    const hash = hashToken(token);
    const line = this.#lines.get(hash);
    if (line) return signedInVisitor(this.#freshNumber(isTaken), line, hash);
    const grant = this.#tokens.verify(token);
    return grant ? signedInHolder(this.#freshNumber(isTaken), [...grant.privileges], hash) : null;
  }

  #freshNumber(isTaken: (number: string) => boolean): string {
    return freshNumber(
      (candidate) => this.#extensions.has(candidate) || this.isService(candidate) || isTaken(candidate),
    );
  }
}

function signedInExtension(extension: ExtensionSettings): SignedIn {
  const { id, name, passwordHash } = extension;
  return {
    identity: { number: id, name, kind: 'extension', privileges: privilegesOf(extension) },
    account: extensionAccount(extension),
    rings: null,
    proof: passwordHash,
  };
}

function signedInVisitor(number: string, line: WebphoneLineSettings, proof: string): SignedIn {
  return {
    identity: { number, name: line.name, kind: 'line', privileges: [] },
    account: lineAccount(line),
    rings: line.rings,
    proof,
  };
}

function signedInHolder(number: string, privileges: Privilege[], proof: string): SignedIn {
  return {
    identity: { number, name: number, kind: 'token', privileges },
    account: { id: number, name: number, kind: 'extension', type: 'Webphone' },
    rings: null,
    proof,
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

/** A SIP outside line, as phones are shown it. */
export function trunkAccount({ id, name }: Pick<SipLineSettings, 'id' | 'name'>): Account {
  return { id, name, kind: 'line', type: 'SIP' };
}

/** A fresh random number, such as `Qdb3W`; longer when the short ones run out. */
function freshNumber(isTaken: (number: string) => boolean): string {
  for (let length = 5; ; length += 1) {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const number = Array.from({ length }, () => VISITOR_LETTERS[randomInt(VISITOR_LETTERS.length)]).join(
        '',
      );
      if (!isTaken(number)) return number;
    }
  }
}
