import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Rows drawn above and below those in sight, so that scrolling and arrow keys find the next ones. */
const SPARE = 8;

/**
 * Draws of a long list only the rows in sight: each row of the same height, placed by its index. The row with the
 * focus stays, wherever it is. The list is `.window` inside the `.scroll` that scrolls; rows have `data-index`.
 */
export class Windowed implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #height: number;
  #count = 0;
  /** The row that is open, and so taller than the others; -1 for none. */
  open = -1;
  /** How much taller, in pixels. */
  #extra = 0;
  #first = 0;
  #last = 0;
  #scroll: HTMLElement | null = null;
  readonly #size = new ResizeObserver(() => this.#look());

  /** @param height Of a row, in pixels. */
  constructor(host: ReactiveControllerHost & HTMLElement, height: number) {
    this.#host = host;
    this.#height = height;
    host.addController(this);
  }

  /** The indices to draw, of so many rows. */
  indices(count: number): number[] {
    this.#count = count;
    const last = Math.min(count, this.#last || SPARE * 2);
    const first = Math.max(0, Math.min(this.#first, last - 1));
    const focused = Number(
      this.#host.shadowRoot?.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1,
    );
    const inside = Array.from({ length: last - first }, (_, index) => first + index);
    if (focused >= 0 && focused < first) inside.unshift(focused);
    if (focused >= last && focused < count) inside.push(focused);
    return inside;
  }

  /** Scrolls to the first row, the last, or to what is in one, and resolves when the rows there are drawn. */
  async reveal(row: 'first' | 'last' | HTMLElement): Promise<void> {
    if (row === 'first' || row === 'last') {
      this.#scroll?.scrollTo({ top: row === 'last' ? this.#scroll.scrollHeight : 0 });
    } else row.scrollIntoView({ block: 'nearest' });
    this.#look();
    await this.#host.updateComplete;
  }

  hostUpdated(): void {
    const root = this.#host.shadowRoot!;
    const scroll = root.querySelector<HTMLElement>('.scroll');
    if (scroll !== this.#scroll) {
      this.#scroll?.removeEventListener('scroll', this.#look);
      this.#size.disconnect();
      this.#scroll = scroll;
      scroll?.addEventListener('scroll', this.#look, { passive: true });
      if (scroll) this.#size.observe(scroll);
    }
    const open = root.querySelector<HTMLElement>(`[data-index="${this.open}"]`);
    if (open) this.#extra = open.offsetHeight - this.#height;
    // By the style object, which a strict policy for content allows.
    const list = root.querySelector<HTMLElement>('.window');
    if (list) list.style.blockSize = `${this.#topOf(this.#count)}px`;
    for (const row of root.querySelectorAll<HTMLElement>('[data-index]'))
      row.style.insetBlockStart = `${this.#topOf(Number(row.dataset.index))}px`;
  }

  hostDisconnected(): void {
    this.#size.disconnect();
    this.#scroll?.removeEventListener('scroll', this.#look);
    this.#scroll = null;
  }

  #topOf(index: number): number {
    return index * this.#height + (this.open >= 0 && index > this.open ? this.#extra : 0);
  }

  readonly #look = (): void => {
    if (!this.#scroll) return;
    const { scrollTop, clientHeight } = this.#scroll;
    const first = Math.max(0, Math.floor(scrollTop / this.#height) - SPARE);
    const last = Math.ceil((scrollTop + clientHeight) / this.#height) + SPARE;
    if (first === this.#first && last === this.#last) return;
    this.#first = first;
    this.#last = last;
    this.#host.requestUpdate();
  };
}
