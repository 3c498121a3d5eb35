import { SignalingError } from '../port.js';

const SCHEME = /^sip\+(wss?:\/\/[^\s]+)$/i;

/**
 * The WebSocket addresses of SIP servers, in the order they are tried: `sip+wss://host/path`, several of them with
 * blanks or commas between.
 *
 * @throws SignalingError `invalid-address`.
 */
export function sipAddresses(server: string): readonly string[] {
  const parts = server.split(/[\s,]+/).filter(Boolean);
  const urls = parts.map((part) => {
    try {
      const url = new URL(SCHEME.exec(part)?.[1] ?? '');
      return url.username || url.password || url.hash ? '' : url.href;
    } catch {
      return '';
    }
  });
  if (urls.length && urls.every(Boolean)) return urls;
  // The text itself is not repeated: it may hold a password.
  throw new SignalingError(
    'invalid-address',
    'Not the address of a SIP server: expected "sip+wss://host/path", or several with blanks between.',
  );
}

/** Who signs in, taken from `user@domain` or `user`. */
export interface Account {
  readonly user: string;
  readonly domain: string;
}

/**
 * The account behind an extension: `101@example.com`, or `101` at the host of the first server.
 *
 * @throws SignalingError `unauthorized` for what cannot be one.
 */
export function accountOf(extension: string, url: string): Account {
  const at = extension.lastIndexOf('@');
  const user = (at < 0 ? extension : extension.slice(0, at)).replace(/^sips?:/i, '');
  const domain = at < 0 ? new URL(url).hostname : extension.slice(at + 1);
  if (user && /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(domain)) return { user, domain };
  throw new SignalingError('unauthorized', 'Not an account: expected "user@domain" or "user".');
}
