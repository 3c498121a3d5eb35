import { run } from '../common/run.js';
import type { CallView } from './call-view.js';
import { OzekiTransferRequestEvent } from './transfer-event.js';

/** Connects the far sides of two calls and leaves them (attended transfer), unless the page says no. */
export function join({ host, phone }: CallView, callId: string, consultId: string): void {
  if (host.dispatchEvent(new OzekiTransferRequestEvent(callId, true))) run(phone.join(callId, consultId));
}
