/** Requests bubble out of every shadow tree; `preventDefault()` keeps the phone from doing it. */
const REQUEST = { bubbles: true, composed: true, cancelable: true };

/** Asks to merge calls into a conference. */
export class OzekiMergeRequestEvent extends Event {
  constructor(
    /** The ids of the calls; one that is in a conference brings it. */
    readonly callIds: readonly string[],
  ) {
    super('ozeki-merge-request', REQUEST);
  }
}

/** Asks to take a conference apart. */
export class OzekiSplitRequestEvent extends Event {
  constructor(
    /** The call the phone goes on with; the others are put on hold. */
    readonly callId: string,
  ) {
    super('ozeki-split-request', REQUEST);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ozeki-merge-request': OzekiMergeRequestEvent;
    'ozeki-split-request': OzekiSplitRequestEvent;
  }
}
