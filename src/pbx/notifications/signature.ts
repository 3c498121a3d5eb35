import { createHmac } from 'node:crypto';

export const SIGNATURE_HEADER = 'X-Ozeki-Signature';

/**
 * Proves who sends a notification, and when: `t=<seconds since 1970>,v1=<hex of HMAC-SHA-256 over "<t>.<body>">`. A
 * site computes it too, over the body as it came, and refuses times that are long gone.
 */
export function signatureOf(body: Buffer, secret: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  const hash = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
  return `t=${seconds},v1=${hash}`;
}
