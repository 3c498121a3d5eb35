/** Requests bubble out of every shadow tree; `preventDefault()` keeps the phone from doing it. */
export const REQUEST = { bubbles: true, composed: true, cancelable: true };

/** Asks to accept a ringing call. */
export class OzekiAcceptRequestEvent extends Event {
  constructor(
    /** The call's id. */
    readonly callId: string,
    /** With the camera on. */
    readonly video: boolean,
  ) {
    super('ozeki-accept-request', REQUEST);
  }
}

/** Asks to hang up, or to reject a ringing call. */
export class OzekiHangUpRequestEvent extends Event {
  constructor(
    /** The call's id. */
    readonly callId: string,
  ) {
    super('ozeki-hang-up-request', REQUEST);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ozeki-accept-request': OzekiAcceptRequestEvent;
    'ozeki-hang-up-request': OzekiHangUpRequestEvent;
  }
}
