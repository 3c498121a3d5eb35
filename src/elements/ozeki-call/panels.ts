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
  readonly createPanel: CreatePanel;
}

/** The panel of one card: at most one is open, and loaded when somebody opens it. */
export class Panels {
  /** The open panel, or the one being loaded. */
  kind: PanelKind | null = null;
  /** The calls of a consultation that was begun here: the one it is about, and the one that asks. */
  consultation: readonly [callId: string, consultId: string] | null = null;
  #panel: Panel | null = null;
  readonly #host: CallView['host'];
  readonly #module: Lazy<PanelModule>;

  constructor(host: CallView['host']) {
    this.#host = host;
    this.#module = new Lazy(host, () => import('./panels/create-panel.js'));
  }

  /** The last one could not be loaded. */
  get failed(): boolean {
    return this.#module.failed;
  }

  /** Opens a panel and moves into it, or closes it. */
  async toggle(kind: PanelKind): Promise<void> {
    if (this.kind === kind) return this.close();
    this.kind = kind;
    this.#panel = null;
    await this.#module.load();
    if (this.kind !== kind) return;
    this.#panel = this.#module.get()?.createPanel(kind, this) ?? null;
    if (!this.#panel) this.kind = null;
    await this.#update();
    if (this.#panel) this.#focus(this.#panel.first);
  }

  /** Closes the panel and goes back to the control that opened it. */
  close(): void {
    const { kind } = this;
    this.reset();
    void this.#update().then(() => this.#focus(`[data-opens=${kind}]`));
  }

  /** Closes the panel because what it belongs to is gone. */
  reset(): void {
    this.kind = this.#panel = null;
  }

  /** The open panel's content; null while it is loaded or none is open. */
  render(view: CallView): TemplateResult | null {
    return this.#panel?.render(view) ?? null;
  }

  #update(): Promise<boolean> {
    this.#host.requestUpdate();
    return this.#host.updateComplete;
  }

  /** Moves the focus, unless the person has gone to do something elsewhere on the page. */
  #focus(selector: string): void {
    const root = this.#host.shadowRoot;
    const elsewhere = document.activeElement;
    if (root?.activeElement || !elsewhere || elsewhere === document.body)
      root?.querySelector<HTMLElement>(selector)?.focus();
  }
}
