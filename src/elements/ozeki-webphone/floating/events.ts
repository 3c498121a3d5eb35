/** The floating phone was opened or closed, by whatever means. A notification: it does not bubble. */
export class OzekiOpenChangeEvent extends Event {
  constructor(
    /** Whether it is open now. */
    readonly open: boolean,
  ) {
    super('ozeki-open-change');
  }
}

declare global {
  interface HTMLElementEventMap {
    'ozeki-open-change': OzekiOpenChangeEvent;
  }
}
