/** Asks to write to somebody: `<ozeki-chat>` of the same phone opens that conversation, or the page does. */
export class OzekiChatOpenEvent extends Event {
  constructor(readonly detail: { readonly number: string; readonly name: string }) {
    super('ozeki-chat-open', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ozeki-chat-open': OzekiChatOpenEvent;
  }
}
