import type { SessionGrid } from './session-grid.js';

/** The keyboard and the pointer in the grid: rows are walked up and down, what is in a row to the side. */
export class SessionKeys {
  readonly #grid: SessionGrid;

  constructor(host: HTMLElement, grid: SessionGrid) {
    this.#grid = grid;
    host.addEventListener('keydown', this.#pressed);
    host.addEventListener('click', this.#clicked);
    host.addEventListener('focusin', this.#focused);
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const { target, row } = hit(event);
    if (!row || event.altKey || event.metaKey) return;
    if (!this.#walk(event.key, row, target) && !this.#select(event, row, target)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #clicked = (event: MouseEvent): void => {
    const { target, row } = hit(event);
    if (!row || target.closest('button')) return;
    // A finger has no key to hold down.
    const more = event.ctrlKey || event.metaKey || (event as PointerEvent).pointerType === 'touch';
    this.#grid.selection.select(
      row.dataset.row!,
      event.shiftKey ? 'range' : more ? 'toggle' : 'only',
      this.#grid.mode,
      this.#grid.view,
    );
  };

  readonly #focused = (event: FocusEvent): void => {
    const { row } = hit(event);
    if (row) this.#grid.activate(row.dataset.row!);
  };

  /** Moves the focus; whether this key does. */
  #walk(key: string, row: HTMLElement, target: HTMLElement): boolean {
    const { view, page } = this.#grid;
    const at = view.findIndex(({ id }) => id === row.dataset.row);
    const rows: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: view.length - 1,
    };
    const { action } = target.dataset;
    if (key in rows) this.#grid.focus(rows[key]!, action && `[data-action=${action}]`);
    else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      const stops = [row, ...row.querySelectorAll('button')];
      const step = (key === 'ArrowRight') === row.matches(':dir(rtl)') ? -1 : 1;
      stops[stops.indexOf(target) + step]?.focus();
    } else return false;
    return true;
  }

  /** Selects; whether this key does. */
  #select({ key, shiftKey, ctrlKey }: KeyboardEvent, row: HTMLElement, target: HTMLElement): boolean {
    const { mode, selection, view } = this.#grid;
    if (!mode || target !== row) return false;
    if (key === ' ') selection.select(row.dataset.row!, shiftKey ? 'range' : 'toggle', mode, view);
    else if (key === 'Enter') selection.select(row.dataset.row!, 'only', mode, view);
    else if (key === 'a' && ctrlKey && mode === 'multiple') selection.all(view);
    else return false;
    return true;
  }
}

/** What an event happened on, and the row that is in. */
function hit(event: Event): { target: HTMLElement; row: HTMLElement | null } {
  const target = event.composedPath()[0] as HTMLElement;
  return { target, row: target.closest<HTMLElement>('[data-row]') };
}
