import type { QualityWarning } from '../../phone/state.js';

/** A call became hard to follow, or is easy to follow again. A notification: it does not bubble. */
export class OzekiQualityWarningEvent extends Event {
  /** The call, and what makes it hard to follow now; no warnings when that is over. */
  constructor(readonly detail: { readonly callId: string; readonly warnings: readonly QualityWarning[] }) {
    super('ozeki-quality-warning');
  }
}

declare global {
  interface HTMLElementEventMap {
    'ozeki-quality-warning': OzekiQualityWarningEvent;
  }
}
