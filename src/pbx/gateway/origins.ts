/** Which pages may connect. A browser says honestly where a page is from; programs say nothing. */

export interface OriginRules {
  /** Origins such as `https://shop.example`; `"loopback"` stands for every page on this machine. */
  readonly allowed: readonly string[];
  /** The port of the phone system's own pages. */
  readonly pagePort: number;
}

/** Whether a page of this origin may connect to the gateway it addressed as `host`. */
export function isOriginAllowed(
  origin: string | undefined,
  host: string | undefined,
  { allowed, pagePort }: OriginRules,
): boolean {
  if (origin === undefined) return true;
  const page = parse(origin);
  if (!page) return false;
  if (allowed.some((entry) => entry !== 'loopback' && parse(entry)?.origin === page.origin)) return true;
  if (allowed.includes('loopback') && isLoopback(page.hostname)) return true;
  // The phone system's own pages: of this very port, or of its port for pages on the same host.
  const own = host === undefined ? undefined : parse(`${page.protocol}//${host}`);
  return (
    own !== undefined &&
    own.hostname === page.hostname &&
    [own.port, portOf(own, pagePort)].includes(page.port)
  );
}

/** Whether a host name always means the machine itself (RFC 6761, RFC 1122, RFC 4291). */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || isLoopbackAddress(hostname);
}

function isLoopbackAddress(hostname: string): boolean {
  return hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/** A port as a URL of that scheme shows it: the default one is left out. */
function portOf(url: URL, port: number): string {
  const copy = new URL(url);
  copy.port = String(port);
  return copy.port;
}

function parse(origin: string): URL | undefined {
  try {
    const url = new URL(origin);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}
