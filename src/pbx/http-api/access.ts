/** Who may use the HTTP API ("User authentication"). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { ProtocolError } from '../../protocol/index.js';
import { verifyPassword } from '../accounts/index.js';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { AddressList } from '../config/addresses.js';
import type { ApiRight } from '../config/api-settings.js';
import type { HttpApiSettings, Settings } from '../config/settings.js';
import { isLoopback, isOriginAllowed, SignInGuard } from '../gateway/index.js';
import { CommandError, STATUS } from './status.js';

/** The part of the configuration that says who may use the API. */
export type AccessSettings = Pick<Settings, 'httpApi' | 'allowedOrigins' | 'port'>;

/** Where a request comes from. */
export interface Requester {
  readonly address: string;
  /** The `Host` header: the name by which the phone system was called. */
  readonly host: string | undefined;
  /** The `Origin` header: the page that asks, if it is one and says so. */
  readonly origin: string | undefined;
  /** The `Sec-Fetch-Site` header: what a browser says of the page that made it ask, even when it hides the origin. */
  readonly fetchSite: string | undefined;
}

/** What came with a request; a text is empty when it is missing. */
export interface ApiCredentials {
  readonly username: string;
  readonly password: string;
  /** They stood in a header, which browsers add by themselves once they know them. */
  readonly byHeader: boolean;
}

interface Addresses {
  readonly allowed: AddressList | null;
  readonly denied: AddressList;
}

export class Access {
  readonly #guard: SignInGuard;
  readonly #addresses = new WeakMap<HttpApiSettings, Addresses>();

  constructor(
    private readonly settings: () => AccessSettings,
    clock: Clock = systemClock,
  ) {
    this.#guard = new SignInGuard(clock);
  }

  /**
   * Lets a request through, or throws 304 to 307: its address must be in the lists; then, when the configuration
   * names a user, user name and password must be right; when it names none, no page of another site may have
   * made a browser ask, since the address is all there is to go by.
   */
  async check(requester: Requester, credentials: () => ApiCredentials): Promise<void> {
    const { httpApi } = this.settings();
    if (!httpApi) {
      throw forbiddenUser('the key "httpApi" of the configuration names who may use the HTTP API');
    }
    this.#checkAddress(httpApi, requester.address);
    const { username, passwordHash } = httpApi;
    if (username === undefined || passwordHash === undefined) {
      this.#checkPage(requester);
      checkName(requester);
      return;
    }
    const given = credentials();
    if (given.byHeader) this.#checkPage(requester);
    await this.#checkPassword({ username, passwordHash }, given, requester.address);
  }

  /** Throws 306 when the user of the API has not this right. */
  need(right: ApiRight, command: string): void {
    if (this.settings().httpApi?.rights.includes(right)) return;
    throw forbiddenUser(`the command '${command}' needs the right "${right}"`);
  }

  #checkAddress(httpApi: HttpApiSettings, address: string): void {
    const { allowedAddresses, deniedAddresses } = httpApi;
    const lists = this.#addresses.get(httpApi) ?? {
      allowed: allowedAddresses ? new AddressList(allowedAddresses) : null,
      denied: new AddressList(deniedAddresses),
    };
    this.#addresses.set(httpApi, lists);
    if ((lists.allowed?.has(address) ?? true) && !lists.denied.has(address)) return;
    throw forbiddenAddress('the HTTP API may not be used from it');
  }

  /**
   * A browser could be misused by any page it shows: by one of another origin, and by one that hides its origin,
   * as pictures and links do.
   */
  #checkPage({ host, origin, fetchSite }: Requester): void {
    const { allowedOrigins, port } = this.settings();
    if (!isOriginAllowed(origin, host, { allowed: allowedOrigins, pagePort: port })) {
      throw forbiddenAddress('pages of this origin may not use the HTTP API');
    }
    if (origin === undefined && !['none', 'same-origin'].includes(fetchSite ?? 'none')) {
      throw forbiddenAddress('pages of other sites may not use the HTTP API');
    }
  }

  async #checkPassword(
    { username, passwordHash }: Record<'username' | 'passwordHash', string>,
    given: ApiCredentials,
    address: string,
  ): Promise<void> {
    if (given.username === '' || given.password === '') {
      throw new CommandError(STATUS.authenticationRequired, 'Authentication required');
    }
    const verify = async () => {
      const rightPassword = await verifyPassword(given.password, passwordHash);
      return isSame(given.username, username) && rightPassword ? true : null;
    };
    const credentials = {
      kind: 'password',
      extension: given.username,
      password: given.password,
    } as const;
    let right: true | null;
    try {
      right = await this.#guard.check(address, credentials, verify);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      throw new CommandError(
        STATUS.authenticationFailed,
        'Authentication failed, bad username or password (too many of them, try again later)',
      );
    }
    if (!right) {
      throw new CommandError(STATUS.authenticationFailed, 'Authentication failed, bad username or password');
    }
  }
}

/** A page of another site may have taken over a name for this address (DNS rebinding). */
function checkName({ host }: Requester): void {
  if (isOwnName(host)) return;
  throw forbiddenAddress(
    'without a user name the HTTP API is called by an IP address or as localhost, not by a name',
  );
}

function forbiddenUser(why: string): CommandError {
  return new CommandError(STATUS.forbiddenUser, `User is not allowed to use API in ACL: ${why}`);
}

function forbiddenAddress(why: string): CommandError {
  return new CommandError(STATUS.forbiddenAddress, `Use API from this address is forbidden: ${why}`);
}

/** Compares two texts in a time that tells nothing of them. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Whether a `Host` header holds an IP address or a name that always means this machine. */
function isOwnName(host: string | undefined): boolean {
  const url = `http://${host ?? ''}`;
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return isLoopback(hostname) || isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
