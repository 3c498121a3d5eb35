import type { ConnectionState, PhoneCall, QualityWarning } from '../../phone/state.js';

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

/** A call became hard to follow, or is easy to follow again. A notification: it does not bubble. */
export class OzekiQualityWarningEvent extends Event {
  /** The call, and what makes it hard to follow now; no warnings when that is over. */
  constructor(readonly detail: { readonly callId: string; readonly warnings: readonly QualityWarning[] }) {
    super('ozeki-quality-warning');
  }
}

declare global {
  interface HTMLElementEventMap {
    'ozeki-connection-change': OzekiConnectionChangeEvent;
    'ozeki-incoming-call': OzekiIncomingCallEvent;
    'ozeki-quality-warning': OzekiQualityWarningEvent;
  }
}
