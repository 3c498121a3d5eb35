import { SignalingError, type Credentials } from '../signaling/port.js';
import type { SignIn } from './handle.js';

const TIMEOUT_MS = 10_000;

/** The credentials for one connection; a token address is asked anew each time. Rejects with a {@link SignalingError}. */
export async function credentialsFor(signIn: SignIn): Promise<Credentials> {
  if ('token' in signIn) return { kind: 'token', token: signIn.token };
  if ('extension' in signIn) {
    return { kind: 'password', extension: signIn.extension, password: signIn.password };
  }
  return { kind: 'token', token: await fetchToken(signIn.tokenUrl) };
}

async function fetchToken(url: string): Promise<string> {
  const response = await fetch(url, {
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: Error) => {
    throw new SignalingError('down', `The token address did not answer: ${error.message}`);
  });
  if (response.status === 401 || response.status === 403) {
    throw new SignalingError('unauthorized', 'The token address refused to give a token.');
  }
  const body: unknown = response.ok ? await response.json().catch(() => null) : null;
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
  if (typeof token === 'string' && token) return token;
  throw new SignalingError(
    'down',
    `The token address answered ${response.status} without {"token": "…"} in it.`,
  );
}
