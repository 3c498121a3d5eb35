import type { ConnectionState, PhoneCall } from '../../phone/state.js';

/** The connection to the phone system changed. A notification: it does not bubble. */
export class OzekiConnectionChangeEvent extends Event {
  /** The new state of the connection. */
  constructor(readonly detail: ConnectionState) {
    super('ozeki-connection-change');
  }
}

/** A call rings at this phone. A notification: it does not bubble. */
export class OzekiIncomingCallEvent extends Event {
  /** The call as it came; `client.phone.getState().calls` has its later states. */
  constructor(readonly detail: PhoneCall) {
    super('ozeki-incoming-call');
  }
}

declare global {
  interface HTMLElementEventMap {
    'ozeki-connection-change': OzekiConnectionChangeEvent;
    'ozeki-incoming-call': OzekiIncomingCallEvent;
  }
}
