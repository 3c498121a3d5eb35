/** Tokens from the page's own back end. Loaded when a page names a token address. */

const TIMEOUT_MS = 10_000;

/** A token, or why there is none: `unauthorized` when the back end refuses, `down` for everything else. */
export interface TokenAnswer {
  readonly token: string;
  readonly problem: 'unauthorized' | 'down' | null;
  readonly message: string;
}

/** Asks for a token: JSON with `token` in it. Cookies go along to the page's own origin only. */
export async function fetchToken(url: string): Promise<TokenAnswer> {
  const failed = (problem: 'unauthorized' | 'down', message: string) => ({ token: '', problem, message });
  try {
    const response = await fetch(url, {
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { status } = response;
    if (status === 401 || status === 403) {
      return failed('unauthorized', 'The token address refused to give a token.');
    }
    const body: unknown = response.ok ? await response.json() : null;
    const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
    if (typeof token === 'string' && token) return { token, problem: null, message: '' };
    return failed('down', `The token address answered ${status} without {"token": "…"}.`);
  } catch (error) {
    return failed('down', `The token address gave no token: ${(error as Error).message}`);
  }
}
