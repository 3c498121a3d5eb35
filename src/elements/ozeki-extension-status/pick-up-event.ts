/** Asks to take the call that rings at another extension. `preventDefault()` stops it. */
export class OzekiPickUpEvent extends Event {
  constructor(readonly detail: { readonly extension: string }) {
    super('ozeki-pick-up', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ozeki-pick-up': OzekiPickUpEvent;
  }
}
