/** The extensions as tiles in a grid: one stop of the Tab key, and the arrow keys in both directions. */
import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Extension } from '../../../phone/state.js';
import { Windowed } from '../../common/windowed.js';
import { TILE } from './board.styles.js';

/** The least width of a tile, the gap between two, and the room at the sides of all, in pixels. */
const WIDTH = 190;
const GAP = 8;
const EDGE = 16;

export class TileGrid {
  #columns = 1;
  #tiles: readonly Extension[] = [];
  /** The extension with the Tab stop. */
  #current = '';
  #scroll: HTMLElement | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #window: Windowed;
  readonly #size = new ResizeObserver(() => this.#measure());

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#window = new Windowed(host, TILE + GAP);
    host.addController(this);
  }

  /** @param tile - Draws a tile; with a `tabindex` of 0 it is the stop of the Tab key. */
  render(
    tiles: readonly Extension[],
    label: string,
    tile: (extension: Extension, tabIndex: 0 | -1) => TemplateResult,
  ): TemplateResult {
    this.#tiles = tiles;
    const columns = this.#columns;
    const rows = Math.ceil(tiles.length / columns);
    const current = tiles.find(({ id }) => id === this.#current) ?? tiles[0];
    const cell = (extension: Extension) =>
      html`<div role="gridcell">${tile(extension, extension === current ? 0 : -1)}</div>`;
    return html`<div
      class="scroll"
      part="extensions"
      role="grid"
      aria-label=${label}
      aria-rowcount=${rows}
      aria-colcount=${columns}
      @keydown=${this.#keyDown}
      @focusin=${this.#focusIn}
    >
      <div class="window">
        ${repeat(
          this.#window.indices(rows),
          (row) => row,
          (row) =>
            html`<div class="tiles" role="row" data-index=${row} aria-rowindex=${row + 1}>
              ${tiles.slice(row * columns, (row + 1) * columns).map(cell)}
            </div>`,
        )}
      </div>
    </div>`;
  }

  hostUpdated(): void {
    const scroll = this.#host.shadowRoot!.querySelector<HTMLElement>('.scroll');
    // By the style object, which a strict policy for content allows; together with the rows of as many tiles.
    scroll?.style.setProperty('--_columns', `${this.#columns}`);
    if (scroll === this.#scroll) return;
    this.#size.disconnect();
    this.#scroll = scroll;
    if (scroll) this.#size.observe(scroll);
  }

  hostDisconnected(): void {
    this.#size.disconnect();
    this.#scroll = null;
  }

  /** Has the focus go to the first tile of those that fit, once they are drawn. */
  async focus(fits: (extension: Extension) => boolean): Promise<void> {
    const index = this.#tiles.findIndex(fits);
    if (index >= 0) await this.#go(index);
  }

  #measure(): void {
    const { clientWidth } = this.#scroll!;
    const columns = Math.max(1, Math.floor((clientWidth - 2 * EDGE + GAP) / (WIDTH + GAP)));
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.#host.requestUpdate();
  }

  readonly #focusIn = ({ target }: FocusEvent): void => {
    this.#current = (target as HTMLElement).dataset.extension ?? this.#current;
    this.#host.requestUpdate();
  };

  readonly #keyDown = (event: KeyboardEvent): void => {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    const last = this.#tiles.length - 1;
    const columns = this.#columns;
    const forward = (target as HTMLElement).matches(':dir(rtl)') ? -1 : 1;
    const steps: Readonly<Record<string, number>> = {
      ...{ ArrowLeft: -forward, ArrowRight: forward, ArrowUp: -columns, ArrowDown: columns },
      ...{ Home: -last, End: last },
    };
    const from = this.#tiles.findIndex(({ id }) => id === this.#current);
    if (!(key in steps) || from < 0 || ctrlKey || altKey || metaKey) return;
    event.preventDefault();
    const to = from + steps[key]!;
    // Down or up from the edge goes nowhere; Home and End go to it.
    if (/^Arrow/.test(key) && (to < 0 || to > last)) return;
    void this.#go(Math.max(0, Math.min(last, to)));
  };

  async #go(index: number): Promise<void> {
    const { id } = this.#tiles[index]!;
    this.#current = id;
    const scroll = this.#scroll!;
    const top = Math.floor(index / this.#columns) * (TILE + GAP);
    const below = top + TILE + EDGE - scroll.clientHeight;
    scroll.scrollTop = Math.max(below, Math.min(top, scroll.scrollTop));
    await this.#window.reveal(scroll);
    scroll.querySelector<HTMLElement>(`[data-extension="${CSS.escape(id)}"]`)?.focus();
  }
}
