import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether there is room for two columns: the style sheet says, by a token of `.main`. Renders on changes. */
export class Columns implements ReactiveController {
  wide = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  // In the next frame: a change of the layout while sizes are told would be an error on the page.
  readonly #resized = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));
  #measured: Element | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    // Observed twice, it would be told of twice.
    if (this.#measured || !this.#host.isConnected) return;
    this.#resized.observe((this.#measured = this.#find('.base')));
    this.#measure();
  }

  hostDisconnected(): void {
    this.#resized.disconnect();
    this.#measured = null;
  }

  #find(selector: string): Element {
    return this.#host.shadowRoot!.querySelector(selector)!;
  }

  #measure(): void {
    const wide = getComputedStyle(this.#find('.main')).getPropertyValue('--_wide') === '1';
    if (wide === this.wide) return;
    this.wide = wide;
    this.#host.requestUpdate();
  }
}
