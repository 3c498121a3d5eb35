/** The number of missed calls since somebody looked has changed. A notification: it does not bubble. */
export class OzekiMissedChangeEvent extends Event {
  constructor(
    /** How many there are now. */
    readonly count: number,
  ) {
    super('ozeki-missed-change');
  }
}

declare global {
  interface HTMLElementEventMap {
    'ozeki-missed-change': OzekiMissedChangeEvent;
  }
}
