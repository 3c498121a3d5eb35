/** What is said in the name of the phone system when faults are simulated. */
import type { EventData } from '../../protocol/events.js';

/** What a phone system that restarts says last. */
export function restartMessage(retryAfterMs: number): string {
  const message = 'The phone system is restarting, as was asked for to show it.';
  const data: EventData<'connection.closing'> = { reason: 'shutdown', message, retryAfterMs };
  return JSON.stringify({ jsonrpc: '2.0', method: 'connection.closing', params: { seq: 0, data } });
}
