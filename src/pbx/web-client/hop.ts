/** One request to one address, and its answer. */
import { request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { readBody } from './body.js';
import { shownUrl } from './error.js';
import type { ResolvedTarget } from './target.js';

export interface HopRequest {
  readonly method: 'GET' | 'POST';
  /** In the order they are sent in. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

export interface HopAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How long one of several addresses of a host may keep the others waiting. */
const NEXT_ADDRESS_MS = 1000;

/** Sends the request over a connection of its own, to the addresses that were looked up and checked. */
export async function sendHop(
  { url, host, addresses }: ResolvedTarget,
  { method, headers, body }: HopRequest,
  { signal, maxBytes }: { readonly signal: AbortSignal; readonly maxBytes: number },
): Promise<HopAnswer> {
  // The name stays in the Host header and the TLS handshake; only where it leads is not looked up again.
  const pinned: LookupFunction = (_host, { all }, found) => {
    const [first] = addresses;
    if (all) found(null, [...addresses]);
    else found(null, first?.address ?? '', first?.family);
  };
  const options: RequestOptions & { autoSelectFamilyAttemptTimeout: number } = {
    method,
    headers,
    host,
    port: url.port === '' ? undefined : url.port,
    path: url.pathname + url.search,
    // A kept connection may be closed by the site at the moment it is used, and a decision is asked for only once.
    agent: false,
    lookup: pinned,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
    signal,
  };
  const request = url.protocol === 'https:' ? requestHttps(options) : requestHttp(options);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve).on('error', reject);
      request.end(body ?? undefined);
    });
    // A body that nobody reads breaks off below.
    response.on('error', () => {});
    const status = response.statusCode ?? 0;
    // Nobody reads what a site says beside leading elsewhere or refusing.
    const read = status < 300;
    return {
      status,
      headers: response.headers,
      body: read ? await readBody(response, maxBytes, shownUrl(url.href)) : Buffer.alloc(0),
    };
  } finally {
    request.destroy();
  }
}
