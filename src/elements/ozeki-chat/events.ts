/** Asks to send a message. What is written is in no event. `preventDefault()` keeps the element from sending it. */
export class OzekiMessageRequestEvent extends Event {
  constructor(
    /** The number it goes to. */
    readonly to: string,
  ) {
    super('ozeki-message-request', { bubbles: true, composed: true, cancelable: true });
  }
}

/** How many messages are unread has changed. Does not bubble. */
export class OzekiUnreadChangeEvent extends Event {
  constructor(
    /** In all conversations. */
    readonly unread: number,
  ) {
    super('ozeki-unread-change');
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ozeki-message-request': OzekiMessageRequestEvent;
    'ozeki-unread-change': OzekiUnreadChangeEvent;
  }
}
