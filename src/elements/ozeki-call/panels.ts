import type { CSSResult, TemplateResult } from 'lit';
import type { CallView } from './call-view.js';
import { addStyles } from '../shared/lazy-styles.js';

/** What can be opened over the caller: the keys, or a number to transfer to, to add, to forward to. */
export type PanelKind = 'keypad' | 'transfer' | 'add' | 'forward';

/** The content of an open panel. */
export interface Panel {
  readonly styles: CSSResult;
  /** Where to start in it, as a selector. */
  readonly first: string;
  render(view: CallView): TemplateResult;
}

/** Makes a panel's content; what the modules below export. */
export type CreatePanel = (kind: PanelKind, panels: Panels) => Panel;

const numberPanel = () => import('./panels/number-panel.js');

/** Where the panels come from: they are loaded when somebody opens one. */
const MODULES: Record<PanelKind, () => Promise<{ createPanel: CreatePanel }>> = {
  keypad: () => import('./panels/keypad-panel.js'),
  transfer: numberPanel,
  add: numberPanel,
  forward: numberPanel,
};

/** The panel of one card: at most one is open. */
export class Panels {
  /** The open panel, or the one being loaded. */
  kind: PanelKind | null = null;
  /** The last one could not be loaded. */
  failed = false;
  /** The calls of a consultation that was begun here: the one it is about, and the one that asks. */
  consultation: readonly [callId: string, consultId: string] | null = null;
  #panel: Panel | null = null;
  readonly #host: CallView['host'];

  constructor(host: CallView['host']) {
    this.#host = host;
  }

  /** Opens a panel and moves into it, or closes it. */
  async toggle(kind: PanelKind): Promise<void> {
    if (this.kind === kind) return this.close();
    this.kind = kind;
    this.#panel = null;
    this.failed = false;
    this.#host.requestUpdate();
    try {
      const { createPanel } = await MODULES[kind]();
      if (this.kind !== kind) return;
      this.#panel = createPanel(kind, this);
      addStyles(this.#root, this.#panel.styles);
    } catch (error) {
      console.warn(this.#host, error);
      if (this.kind !== kind) return;
      this.kind = null;
      this.failed = true;
    }
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
    this.failed = false;
  }

  /** The open panel's content; null while it is loaded or none is open. */
  render(view: CallView): TemplateResult | null {
    return this.#panel?.render(view) ?? null;
  }

  get #root(): ShadowRoot {
    return this.#host.shadowRoot as ShadowRoot;
  }

  #update(): Promise<boolean> {
    this.#host.requestUpdate();
    return this.#host.updateComplete;
  }

  /** Moves the focus, unless the person has gone to do something elsewhere on the page. */
  #focus(selector: string): void {
    const elsewhere = document.activeElement;
    if (this.#root.activeElement || !elsewhere || elsewhere === document.body)
      this.#root.querySelector<HTMLElement>(selector)?.focus();
  }
}
