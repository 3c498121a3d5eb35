/** Asks a phone system one thing without signing in. Only the JavaScript API does so. */
import { SignalingError, type LinkProblem } from '../port.js';
import { gatewayAddress } from './address.js';
import { GatewayControl } from './gateway-control.js';
import { openSocket, RpcClient } from './rpc-client.js';

/**
 * Whether the webphone behind the token of an outside line could be called now, over a connection of its own
 * that is closed with the answer. Rejects with a {@link SignalingError}.
 *
 * @param server `host`, `host:port`, `ws://…` or `wss://…`.
 */
export async function checkWebphone(server: string, id: string): Promise<boolean> {
  const address = gatewayAddress(server, globalThis.location?.protocol ?? '');
  return new Promise((resolve, reject) => {
    const down = (problem: LinkProblem, message?: string, retryAfterMs?: number) =>
      reject(new SignalingError('down', message ?? problem, retryAfterMs));
    const rpc = new RpcClient({ up() {}, event() {}, other: () => true, down });
    rpc.attach(openSocket(address), () => {
      const control = new GatewayControl((...request) => rpc.request(...request));
      control
        .checkWebphone(id)
        .then(resolve, reject)
        .finally(() => rpc.close());
    });
  });
}
