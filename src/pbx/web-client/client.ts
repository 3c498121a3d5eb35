/** Asks web sites: in time, with answers of limited size, and only those that may be asked. */
import type { IncomingHttpHeaders } from 'node:http';
import { shownUrl, WebError } from './error.js';
import { sendHop } from './hop.js';
import type { HopAnswer, HopRequest } from './hop.js';
import { readTarget, resolveTarget, systemResolve } from './target.js';
import type { Resolve, Target } from './target.js';

export interface WebRequest {
  readonly target: Target;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that only the target's own origin gets, wherever it leads. */
  readonly ownHeaders?: Readonly<Record<string, string>>;
  /** With a body the request is a POST, without one a GET. */
  readonly body?: { readonly type: string; readonly content: Buffer };
}

export interface WebLimits {
  /** For everything from looking the host up to the last byte, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Targets in networks that are not public and may be visited all the same. */
  readonly allowTargets: readonly string[];
  /** Any of them ends the request. */
  readonly signals?: readonly AbortSignal[];
}

export interface WebAnswer {
  /** 200 to 299, or 304 to a request that named a condition. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Where the answer came from in the end. */
  readonly url: string;
}

/** @throws WebError when there is no such answer */
export type WebClient = (request: WebRequest, limits: WebLimits) => Promise<WebAnswer>;

export const MAX_REDIRECTS = 3;

export function createWebClient({ resolve = systemResolve }: { readonly resolve?: Resolve } = {}): WebClient {
  return async (request, limits) => {
    const { timeoutMs, signals = [] } = limits;
    const end = new AbortController();
    const stop = () => {
      end.abort();
    };
    const timer = setTimeout(stop, timeoutMs);
    for (const signal of signals) signal.addEventListener('abort', stop);
    if (signals.some(({ aborted }) => aborted)) stop();
    try {
      return await follow(request, limits, resolve, end.signal);
    } catch (error) {
      if (!end.signal.aborted) throw explained(error, request.target.url);
      const shown = shownUrl(request.target.url);
      throw signals.some(({ aborted }) => aborted)
        ? new WebError('aborted', `The request to ${shown} was given up.`)
        : new WebError('timeout', `${shown} did not answer completely within ${timeoutMs / 1000} seconds.`);
    } finally {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', stop);
    }
  };
}

async function follow(
  { target, headers = {}, ownHeaders = {}, body }: WebRequest,
  { allowTargets, maxBytes }: WebLimits,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<WebAnswer> {
  let hop = { target, body: body ?? null, ownHeaders };
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const resolved = await unlessAborted(resolveTarget(hop.target, allowTargets, resolve), signal);
    const answer = await sendHop(resolved, hopRequest(resolved.url, headers, hop), { signal, maxBytes });
    const { status } = answer;
    if (status >= 400) throw statusError(answer, hop.target.url);
    if (status < 300 || status === 304) return { ...answer, url: resolved.url.href };
    const next = redirectTarget(answer, resolved.url, hop.target);
    hop = {
      target: next,
      // The form belongs to the new address (301, 307, 308), or was taken and the answer lies elsewhere (302, 303).
      body: status === 302 || status === 303 ? null : hop.body,
      ownHeaders: new URL(next.url).origin === resolved.url.origin ? hop.ownHeaders : {},
    };
  }
  throw new WebError(
    'redirects',
    `${shownUrl(target.url)} leads elsewhere more than ${MAX_REDIRECTS} times.`,
  );
}

function hopRequest(
  { host }: URL,
  headers: Readonly<Record<string, string>>,
  {
    body,
    ownHeaders,
  }: { readonly body: WebRequest['body'] | null; readonly ownHeaders: Readonly<Record<string, string>> },
): HopRequest {
  return {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(body && { 'Content-Type': body.type }),
      Host: host,
      ...headers,
      ...(body && { 'Content-Length': String(body.content.length) }),
      ...ownHeaders,
    },
    body: body?.content ?? null,
  };
}

/** Where an answer leads to. Trust ends where the origin does, and TLS is not given up. */
function redirectTarget({ status, headers }: HopAnswer, from: URL, { trusted }: Target): Target {
  const { location } = headers;
  const shown = shownUrl(from.href);
  if (
    ![301, 302, 303, 307, 308].includes(status) ||
    location === undefined ||
    !URL.canParse(location, from.href)
  ) {
    throw new WebError('redirects', `${shown} answers HTTP ${status} without an address to go to.`);
  }
  const url = new URL(location, from.href);
  const next = { url: url.href, trusted: trusted && url.origin === from.origin };
  if (from.protocol === 'https:' && readTarget(next).protocol !== 'https:') {
    throw new WebError('redirects', `${shown} leads from https:// to ${shownUrl(url.href)}.`);
  }
  return next;
}

function statusError({ status, headers }: HopAnswer, url: string): WebError {
  const retryAfterMs = readRetryAfter(headers['retry-after']);
  return new WebError('status', `${shownUrl(url)} answers HTTP ${status}.`, { status, retryAfterMs });
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const ms = /^[A-Z][a-z]+, /.test(value) ? Date.parse(value) - Date.now() : NaN;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function explained(error: unknown, url: string): WebError {
  if (error instanceof WebError) return error;
  const cause = error as Error & { code?: string };
  const code = cause.code ?? cause.message;
  const unreadable = /^(?:HPE_|Z_|ERR__ERROR_)/.test(code);
  return unreadable
    ? new WebError('unreadable', `What ${shownUrl(url)} sends cannot be read (${code}).`, {}, { cause })
    : new WebError('unreachable', `${shownUrl(url)} cannot be reached (${code}).`, {}, { cause });
}

/** For what cannot be stopped, such as looking up a name: nobody waits for it any longer. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(new Error('aborted'));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
