import { REQUEST } from './call-events.js';

/** Asks to transfer a call. Digits typed in a call are in no event, so the target is not told. */
export class OzekiTransferRequestEvent extends Event {
  constructor(
    /** The call's id. */
    readonly callId: string,
    /** The target was asked first (attended transfer). */
    readonly attended: boolean,
  ) {
    super('ozeki-transfer-request', REQUEST);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ozeki-transfer-request': OzekiTransferRequestEvent;
  }
}
