import type { PhoneCall } from '../../phone/state.js';
import { run } from '../common/run.js';
import { OzekiAcceptRequestEvent, OzekiHangUpRequestEvent } from './call-events.js';
import { isIncoming, type CallView } from './call-view.js';

/** Accepts a ringing call, unless the page says no; the phone holds the others. */
export function accept({ host, phone }: CallView, { id }: PhoneCall, video = false): void {
  if (host.dispatchEvent(new OzekiAcceptRequestEvent(id, video))) run(phone.accept(id, { video }));
}

/** Hangs a call up, or rejects it while it rings here, unless the page says no. */
export function hangUp({ host, phone }: CallView, call: PhoneCall): void {
  if (host.dispatchEvent(new OzekiHangUpRequestEvent(call.id)))
    run(isIncoming(call) ? phone.reject(call.id) : phone.hangUp(call.id));
}
