/** Asks a phone system one thing without signing in. Loaded when it is first asked for. */
import { SignalingError, type LinkProblem } from '../port.js';
import { GatewayControl } from './gateway-control.js';
import { openSocket, RpcClient } from './rpc-client.js';

/**
 * Whether the webphone behind the token of an outside line could be called now, over a connection of its own
 * that is closed with the answer. Rejects with a {@link SignalingError}.
 *
 * @param address The WebSocket address of the gateway.
 */
export function checkWebphoneAt(address: string, id: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const down = (_problem: LinkProblem, message: string, retryAfterMs?: number) =>
      reject(new SignalingError('down', message, retryAfterMs));
    const rpc = new RpcClient(openSocket(address), { event() {}, other: () => true, down }, () => {
      const control = new GatewayControl((...request) => rpc.request(...request));
      control
        .checkWebphone(id)
        .then(resolve, reject)
        .finally(() => rpc.close());
    });
  });
}
