import { SignalingError } from '../port.js';

/** The port a phone system's gateway listens on when an address names none. */
export const GATEWAY_PORT = 7779;

/**
 * The WebSocket address of a gateway: from `host`, `host:port` or `ws(s)://…`. Without a scheme it is `wss` on
 * https pages, where browsers allow nothing else, and `ws` elsewhere.
 *
 * @throws SignalingError `invalid-address` for what is none of these.
 */
export function gatewayAddress(server: string, pageProtocol: string): string {
  const text = server.trim();
  const bare = !/^[a-z][a-z\d+.-]*:\/\//i.test(text);
  try {
    const url = new URL(bare ? `${pageProtocol === 'https:' ? 'wss' : 'ws'}://${text}` : text);
    // A bare address is a host and a port; a path or a user name in it is a mistake.
    const mistaken = bare && (/[/?#\s\\]/.test(text) || url.hostname === '');
    if (/^wss?:$/.test(url.protocol) && !mistaken && !url.username && !url.password && !url.hash) {
      if (bare && !/:\d+$/.test(text)) url.port = String(GATEWAY_PORT);
      return url.href;
    }
  } catch {
    // Said below: not an address.
  }
  // The text itself is not repeated: it may hold a password.
  throw new SignalingError(
    'invalid-address',
    'Not the address of a phone system: expected "host", "host:port", "ws://…" or "wss://…".',
  );
}
