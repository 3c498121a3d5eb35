/** Who may use the HTTP API ("User authentication"). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ProtocolError } from '../../protocol/index.js';
import { verifyPassword } from '../accounts/index.js';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import { isLoopback, SignInGuard } from '../gateway/index.js';
import type { Parameters } from './parameters.js';
import { CommandError, STATUS } from './status.js';

/** The part of the configuration that says who may use the API. */
export type AccessSettings = Pick<Settings, 'httpApi'>;

/** Where a request comes from. */
export interface Requester {
  readonly address: string;
  /** The `Host` header: the name by which the phone system was called. */
  readonly host: string | undefined;
  /** The `Origin` header: the page that asks, if it is one and says so. */
  readonly origin: string | undefined;
}

export class Access {
  readonly #guard: SignInGuard;

  constructor(
    private readonly settings: () => AccessSettings,
    private readonly demo: boolean,
    clock: Clock = systemClock,
  ) {
    this.#guard = new SignInGuard(clock);
  }

  /**
   * Lets a request through or throws: with `httpApi` in the configuration every command needs its user name and
   * password; without it, only programs on this machine may use the API of a demo, and nobody any other.
   */
  async check(parameters: Parameters, requester: Requester): Promise<void> {
    const { httpApi } = this.settings();
    if (httpApi) await this.#checkPassword(httpApi, parameters, requester.address);
    else if (!this.demo) {
      throw new CommandError(
        STATUS.forbiddenUser,
        'Forbidden user: the key "httpApi" of the configuration names who may use the HTTP API',
      );
    } else if (!isFromThisMachine(requester)) {
      throw new CommandError(
        STATUS.forbiddenAddress,
        'Forbidden address: without the key "httpApi" of the configuration only this machine may use the HTTP API',
      );
    }
  }

  async #checkPassword(
    { username, passwordHash }: NonNullable<Settings['httpApi']>,
    parameters: Parameters,
    address: string,
  ): Promise<void> {
    const [name, password] = [parameters.find('Username') ?? '', parameters.find('Password') ?? ''];
    if (name === '' || password === '') {
      throw new CommandError(STATUS.authenticationRequired, 'Authentication required');
    }
    const verify = async () => {
      const rightPassword = await verifyPassword(password, passwordHash);
      return isSame(name, username) && rightPassword ? true : null;
    };
    const credentials = { kind: 'password', extension: name, password } as const;
    let right: true | null;
    try {
      right = await this.#guard.check(address, credentials, verify);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      throw new CommandError(
        STATUS.authenticationFailed,
        'Authentication failed (too many bad user names or passwords, try again later)',
      );
    }
    if (!right) {
      throw new CommandError(
        STATUS.authenticationFailed,
        'Authentication failed (bad user name or password)',
      );
    }
  }
}

/** Compares two texts in a time that tells nothing of them. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/**
 * Whether a request was made on this machine, and not by a page of another site that runs in a browser here: its
 * name for the phone system would be another one (DNS rebinding), or its origin.
 */
function isFromThisMachine({ address, host, origin }: Requester): boolean {
  const plain = address.replace(/^::ffff:/, '');
  const local = isLoopback(plain.includes(':') ? `[${plain}]` : plain);
  return local && isLoopbackUrl(`http://${host ?? ''}`) && (origin === undefined || isLoopbackUrl(origin));
}

function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}
