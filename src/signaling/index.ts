import { gatewayAddress } from './gateway/address.js';
import { GatewaySignaling } from './gateway/gateway-signaling.js';
import type { SignalingPort } from './port.js';

export { gatewayAddress };

/**
 * The adapter for an address: so far always the gateway's.
 *
 * A promise, because adapters that are used rarely are loaded when they are asked for.
 *
 * @param server `host`, `host:port`, `ws://…` or `wss://…`.
 * @throws SignalingError `invalid-address`.
 */
export function createSignaling(server: string): Promise<SignalingPort> {
  return new Promise((resolve) =>
    resolve(new GatewaySignaling(gatewayAddress(server, globalThis.location?.protocol ?? ''))),
  );
}
