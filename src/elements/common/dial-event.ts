/** What a person wants to call. */
export interface DialDetail {
  /** As it will be dialled; empty where the account has a default destination. */
  readonly number: string;
  readonly video: boolean;
}

/**
 * Asks to call a number, before anything is dialled. `preventDefault()` stops it, for a page that wants to
 * dial in its own way. Digits typed during a call are tones and never become an event.
 */
export class OzekiDialEvent extends Event {
  constructor(readonly detail: DialDetail) {
    super('ozeki-dial', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ozeki-dial': OzekiDialEvent;
  }
}
