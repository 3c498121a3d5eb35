import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { goOnAtTitle } from './go-on.js';

/** What moves how far: rows, and places in a row. */
const STEPS: Readonly<Record<string, readonly [rows: number, places: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** Has a row drawn with those beside it, in a list that draws only what is in sight. */
export type Reveal = (row: 'first' | 'last' | HTMLElement) => Promise<void>;

/**
 * Makes the buttons in the rows of a list one stop of the Tab key, with the arrow keys, Home and End between them
 * (roving `tabindex` of the WAI-ARIA Authoring Practices). Rows have the attribute `data-row`. When what had the focus
 * is gone, the selected row or the title is a harmless place to go on from.
 */
export class Roving implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #reveal: Reveal;
  #current: HTMLElement | null = null;
  #hadFocus = false;

  constructor(host: ReactiveControllerHost & HTMLElement, reveal: Reveal = () => Promise.resolve()) {
    this.#host = host;
    this.#reveal = reveal;
    host.addController(this);
    host.addEventListener('keydown', this.#keyDown);
    host.addEventListener('focusin', () => {
      const { activeElement } = host.shadowRoot!;
      if (activeElement?.closest('[data-row]')) this.#take(activeElement as HTMLElement);
    });
  }

  hostUpdate(): void {
    this.#hadFocus = !!this.#host.shadowRoot?.activeElement;
  }

  hostUpdated(): void {
    this.#take(this.#current);
    const root = this.#host.shadowRoot!;
    if (!this.#hadFocus || root.activeElement) return;
    const selected = root.querySelector<HTMLElement>('[data-row] [aria-current]');
    if (selected) selected.focus();
    else goOnAtTitle(root);
  }

  get #rows(): HTMLElement[][] {
    const rows = this.#host.shadowRoot!.querySelectorAll<HTMLElement>('[data-row]');
    const shown = (button: HTMLElement) => button.getClientRects().length > 0;
    return [...rows]
      .map((row) => [...row.querySelectorAll('button')].filter(shown))
      .filter((buttons) => buttons.length);
  }

  /** Lets the Tab key stop at this button, or at the first when it is gone. */
  #take(button: HTMLElement | null): void {
    const all = this.#rows.flat();
    this.#current = all.find((one) => one === button) ?? all[0] ?? null;
    for (const one of all) one.tabIndex = one === this.#current ? 0 : -1;
  }

  readonly #keyDown = (event: KeyboardEvent): void => {
    const step = event.defaultPrevented ? undefined : STEPS[event.key];
    const from = this.#host.shadowRoot!.activeElement as HTMLElement | null;
    if (!step || !from?.closest('[data-row]') || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const where = Number.isFinite(step[0]) ? from : step[0] < 0 ? 'first' : 'last';
    void this.#reveal(where).then(() => this.#move(from, step));
  };

  #move(from: HTMLElement, [down, along]: readonly [number, number]): void {
    const rows = this.#rows;
    const row = rows.findIndex((buttons) => buttons.includes(from));
    const place = rows[row]?.indexOf(from) ?? -1;
    if (place < 0) return;
    const forward = from.matches(':dir(rtl)') ? -1 : 1;
    const to = rows[clamp(row + down, rows.length)]!;
    // From row to row to the same button, counted from the end, where the most important ones are.
    const next = along ? place + along * forward : to.length - (rows[row]!.length - place);
    const button = to[clamp(next, to.length)]!;
    this.#take(button);
    button.focus();
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}
