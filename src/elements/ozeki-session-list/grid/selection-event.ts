/** Other sessions are selected than before. A notification: it does not bubble. */
export class OzekiSelectionChangeEvent extends Event {
  constructor(
    /** The ids of the selected sessions. */
    readonly sessionIds: readonly string[],
  ) {
    super('ozeki-selection-change');
  }
}

declare global {
  interface HTMLElementEventMap {
    'ozeki-selection-change': OzekiSelectionChangeEvent;
  }
}
