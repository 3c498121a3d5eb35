/** Tokens from the page's own back end. Loaded when a page names a token address. */
import { SignalingError } from '../signaling/port.js';

const TIMEOUT_MS = 10_000;

/**
 * Asks for a token: JSON with `token` in it. Cookies go along to the page's own origin only. Rejects with a
 * {@link SignalingError}: `unauthorized` when the back end refuses, `down` for everything else.
 */
export async function fetchToken(url: string): Promise<string> {
  try {
    const response = await fetch(url, {
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { status } = response;
    if (status === 401 || status === 403) {
      throw new SignalingError('unauthorized', 'The token address refused to give a token.');
    }
    const body: unknown = response.ok ? await response.json() : null;
    const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
    if (typeof token === 'string' && token) return token;
    throw new SignalingError('down', `The token address answered ${status} without {"token": "…"}.`);
  } catch (error) {
    if (error instanceof SignalingError) throw error;
    throw new SignalingError('down', `The token address gave no token: ${(error as Error).message}`);
  }
}
