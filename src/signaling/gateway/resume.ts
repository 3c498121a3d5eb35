/** Coming back over another socket, and asking whether that is needed. Loaded once there is something to lose. */
import { PROTOCOL_VERSION } from '../../protocol/limits.js';
import { SignalingError, type LinkProblem } from '../port.js';
import type { RpcClient } from './rpc-client.js';

/** What a refused resumption is for the link; those not named here are `lost`. */
const RESUME_PROBLEMS: Partial<Record<SignalingError['reason'], LinkProblem>> = {
  'rate-limited': 'rate-limited',
  unsupported: 'incompatible',
};

/** Who comes back, over what. */
export interface Returning {
  readonly who: { readonly connectionId: string; readonly secret: string };
  readonly socket: WebSocket;
  readonly timeoutMs: number | undefined;
  /** The phone system did not keep this client. */
  expired(): void;
}

/** Goes on over another socket; what becomes of it the observer of the client is told. */
export function resume(rpc: RpcClient, { who, socket, timeoutMs, expired }: Returning): void {
  const greet = async (): Promise<void> => {
    try {
      const params = { protocol: PROTOCOL_VERSION, ...who, seq: rpc.seq } as const;
      await rpc.request('connection.resume', params, undefined, timeoutMs);
    } catch (error) {
      const { reason, message, retryAfterMs } = error as SignalingError;
      if (reason === 'unauthorized') expired();
      // Otherwise the socket is gone, and that was told.
      if (reason !== 'down') rpc.down(RESUME_PROBLEMS[reason] ?? 'lost', message, retryAfterMs);
    }
  };
  rpc.attach(socket, () => void greet(), timeoutMs);
}

/**
 * Asks the phone system whether it is there, and tells it what came; gives the socket up when it is not. It may take its
 * time to answer. Resolves with whether it answered.
 */
export async function probe(rpc: RpcClient, timeoutMs: number, afterMs?: number): Promise<boolean> {
  const params = { ...(rpc.seq !== null && { seq: rpc.seq }), ...(afterMs && { afterMs }) };
  try {
    await rpc.request('connection.ping', params, undefined, timeoutMs);
    return true;
  } catch (error) {
    if ((error as SignalingError).reason === 'timeout')
      rpc.down('lost', 'The phone system does not answer any more.');
    return false;
  }
}
