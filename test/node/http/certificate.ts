/** Self-signed certificates for tests, made by the openssl command. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Makes `<name>.crt` and `<name>.key` for localhost and 127.0.0.1 in a folder. */
export function makeCertificate(folder: string, name: string, days = 2): { cert: string; key: string } {
  const cert = join(folder, `${name}.crt`);
  const key = join(folder, `${name}.key`);
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-days', String(days), '-keyout', key, '-out', cert],
    ],
    { stdio: 'pipe' },
  );
  return { cert, key };
}
