import { gatewayAddress } from './gateway/address.js';
import { GatewaySignaling } from './gateway/gateway-signaling.js';
import type { SignalingPort } from './port.js';
import type { SipOptions } from './sip/options.js';

export { gatewayAddress };

/**
 * The adapter for an address: SIP's for those that say so, the gateway's for all others.
 *
 * @param server `host`, `host:port`, `ws://…` or `wss://…`; or `sip+wss://…`, several with blanks between.
 * @param sip What a SIP server is used with, also as JSON.
 * @throws SignalingError `invalid-address`.
 */
export async function createSignaling(server: string, sip?: SipOptions | string): Promise<SignalingPort> {
  if (/^\s*sip\+/i.test(server)) {
    const { SipSignaling } = await import('./sip/sip-signaling.js');
    return new SipSignaling(server, sip);
  }
  return new GatewaySignaling(gatewayAddress(server, globalThis.location?.protocol ?? ''));
}
