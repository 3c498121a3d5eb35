/** Asks to act on a session of the phone system. */
export class OzekiSessionRequestEvent extends Event {
  constructor(
    /** The session's id. */
    readonly sessionId: string,
    /** What was asked for. */
    readonly action: 'hold' | 'resume' | 'transfer' | 'close',
  ) {
    super('ozeki-session-request', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ozeki-session-request': OzekiSessionRequestEvent;
  }
}
