/** The certificate and key of the TCP ports. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { readFailure } from '../config/file.js';
import { ConfigurationError } from '../config/problem.js';
import type { Settings } from '../config/settings.js';

export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** Something to be told at the start, such as an expired certificate; null when all is well. */
  readonly warning: string | null;
}

/**
 * Reads certificate and key and checks that they belong together; null when the ports do not speak TLS.
 * @throws ConfigurationError naming the file that cannot be used.
 */
export function loadTls({ tlsCert, tlsKey }: Settings): TlsFiles | null {
  if (tlsCert === undefined || tlsKey === undefined) return null;
  const cert = read('tlsCert', tlsCert);
  const key = read('tlsKey', tlsKey);
  tryUse('tlsCert', tlsCert, 'expected a certificate in PEM form', () => createSecureContext({ cert }));
  tryUse('tlsKey', tlsKey, 'expected a private key in PEM form, without a passphrase', () =>
    createSecureContext({ key }),
  );
  tryUse('tlsKey', tlsKey, `expected the key that belongs to the certificate ${tlsCert}`, () =>
    createSecureContext({ cert, key }),
  );
  const { validTo } = new X509Certificate(cert);
  const expired = Date.parse(validTo) < Date.now();
  return { cert, key, warning: expired ? `The certificate ${tlsCert} expired on ${validTo}.` : null };
}

function read(key: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw refuse(key, path, `expected a readable file, but ${readFailure(error)}`);
  }
}

function tryUse(key: string, path: string, expected: string, use: () => unknown): void {
  try {
    use();
  } catch {
    // OpenSSL's own words ("no start line") would not help; what is expected does.
    throw refuse(key, path, expected);
  }
}

function refuse(key: string, path: string, expected: string): ConfigurationError {
  return new ConfigurationError([{ key, value: JSON.stringify(path), expected }]);
}
