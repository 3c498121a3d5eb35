import type { TemplateResult } from 'lit';
import { Lazy, type LazyModule } from '../common/lazy.js';
import type { CallView } from './call-view.js';

/** What can be opened over the caller: the keys, or a number to transfer to, to add, to forward to. */
export type PanelKind = 'keypad' | 'transfer' | 'add' | 'forward';

/** The content of an open panel. */
export interface Panel {
  /** Where to start in it, as a selector. */
  readonly first: string;
  render(view: CallView): TemplateResult;
}

/** Makes the content of a panel. */
export type CreatePanel = (kind: PanelKind, panels: Panels) => Panel;

/** The module that makes panels. */
export interface PanelModule extends LazyModule {
  /** Draws a panel that was opened and moves into it; from one that was closed, goes back to the control that opens it. */
  readonly show: (panels: Panels, kind: PanelKind, open: boolean) => Promise<void>;
}

/** The panel of one card: at most one is open, and loaded when somebody opens it. */
export class Panels {
  /** The open panel, or the one being loaded. */
  kind: PanelKind | null = null;
  /** What it shows; null while it is loaded. */
  panel: Panel | null = null;
  /** The calls of a consultation that was begun here: the one it is about, and the one that asks. */
  consultation: readonly [callId: string, consultId: string] | null = null;
  readonly host: CallView['host'];
  readonly #module: Lazy<PanelModule>;

  constructor(host: CallView['host']) {
    this.host = host;
    this.#module = new Lazy(host, () => import('./panels/show-panel.js'));
  }

  /** The last one could not be loaded. */
  get failed(): boolean {
    return this.#module.failed;
  }

  /** Opens a panel and moves into it, or closes it and goes back to the control that opened it. */
  async toggle(kind: PanelKind): Promise<void> {
    const open = this.kind !== kind;
    this.reset();
    if (open) this.kind = kind;
    await this.#module.load();
    if (this.failed) {
      this.reset();
      this.host.requestUpdate();
    }
    await this.#module.module?.show(this, kind, open);
  }

  /** Closes the panel because what it belongs to is gone. */
  reset(): void {
    this.kind = this.panel = null;
  }
}
