import { nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { PhoneHandle } from '../../../phone/handle.js';
import type { Session } from '../../../phone/state.js';
import { goOnAtTitle } from '../../common/go-on.js';
import { speakGrid } from '../../text/en-grid.js';
import type { Say } from '../../text/texts.js';
import { OzekiSelectionChangeEvent } from './selection-event.js';
import { SessionKeys } from './session-keys.js';
import { SessionOrder, type Column } from './session-order.js';
import { SessionRows, type Piece, type Place } from './session-rows.js';
import { SessionSelection, type SelectionMode } from './session-selection.js';
import { SessionTools } from './session-tools.js';
import { SessionWindow } from './session-window.js';

export { gridStyles as styles } from './grid.styles.js';

speakGrid();

/** From so many rows on only those are drawn that can be seen; below the lower number, all again. */
const MANY = 50;
const FEW = 40;
/** How long the number of sessions stands before another one is told aloud, in milliseconds. */
const TOLD_MS = 5000;

/** The list that the grid is part of. */
type List = ReactiveControllerHost & HTMLElement & { readonly selection: SelectionMode };

/** What the grid knows of the list. */
export interface GridList {
  readonly phone: { readonly phone: PhoneHandle | null };
  /** The table bodies that are drawn, by the ids of their sessions. */
  readonly bodies: Map<string, HTMLElement>;
  sessions(): readonly Session[];
  /** The session with an open panel; empty for none. */
  openId(): string;
  row(session: Session): TemplateResult;
}

/**
 * What turns the list into a grid: rows are walked with the arrow keys, sorted, searched and selected, and of many
 * only those are drawn that can be seen. Loaded when the list is long or somebody turns to it.
 */
export class SessionGrid implements ReactiveController {
  readonly order: SessionOrder;
  readonly selection: SessionSelection;
  readonly #host: List;
  readonly #list: GridList;
  readonly #language: { readonly code: string };
  readonly #root: ShadowRoot;
  readonly #rows: SessionRows;
  readonly #window: SessionWindow;
  readonly #tools: SessionTools;
  #view: readonly Session[] = [];
  #drawn: readonly Session[] | null = null;
  #many = false;
  /** The session whose row the Tab key goes to. */
  #activeId = '';
  #phone: PhoneHandle | null = null;
  /** Something in the list had the focus before this update. */
  #hadFocus = false;
  #stop: (() => void) | undefined;
  #frame = 0;
  #told = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(host: List, text: Say, language: { readonly code: string }, list: GridList) {
    this.#host = host;
    this.#list = list;
    this.#language = language;
    this.#root = host.shadowRoot!;
    this.order = new SessionOrder(text);
    this.selection = new SessionSelection((ids) => {
      host.requestUpdate();
      host.dispatchEvent(new OzekiSelectionChangeEvent(ids));
    });
    this.#tools = new SessionTools(host, text, this.order);
    this.#window = new SessionWindow(this.#root, () => this.#soon());
    this.#rows = new SessionRows(host, list.bodies, {
      row: (session) => list.row(session),
      look: ({ session: { id }, index }) =>
        `${index} ${id === this.#activeId} ${this.mode && this.selection.ids.has(id)}`,
      finish: (row, place) => this.#finish(row, place),
    });
    new SessionKeys(host, this);
    host.addController(this);
  }

  /** The sessions that are shown, in their order. */
  get view(): readonly Session[] {
    return this.#view;
  }

  /** How many sessions can be selected. */
  get mode(): SelectionMode {
    return this.#host.selection;
  }

  /** How many rows fit on the screen. */
  get page(): number {
    return this.#window.rows;
  }

  hostUpdate(): void {
    this.#hadFocus = !!this.#root.activeElement;
    this.order.speak(this.#language.code);
    this.#settleSelection();
    const { phone } = this.#list.phone;
    if (phone === this.#phone) return;
    this.#stop?.();
    this.#phone = phone;
    this.#stop = phone?.subscribe(() => {
      if (this.#list.sessions() !== this.#drawn) this.#soon();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#phone = null;
    this.#window.follow(null);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    clearTimeout(this.#telling);
    this.#telling = undefined;
  }

  /** Draws the rows; with `onlyChanged` nothing but sessions can differ from what is drawn. */
  draw(onlyChanged = false): void {
    const hadFocus = this.#hadFocus || !!this.#root.activeElement;
    this.#hadFocus = false;
    const table = this.#root.querySelector('table');
    const scroll = table?.parentElement ?? null;
    const sessions = this.#list.sessions();
    const pieces = this.#pieces(sessions);
    this.#drawn = sessions;
    if (table && scroll) {
      scroll.removeAttribute('tabindex');
      scroll.classList.toggle('many', this.#many);
      table.role = 'grid';
      table.ariaLabel = scroll.ariaLabel;
      table.ariaRowCount = `${this.#view.length + 1}`;
      table.ariaMultiSelectable = this.mode === 'multiple' ? 'true' : null;
      this.#tools.mark(table);
      this.#rows.draw(table, pieces, onlyChanged);
    }
    this.#window.follow(scroll);
    // What had the focus went with its session, or its panel did: the active row, or the title, is where to go on.
    if (!hadFocus || this.#root.activeElement) return;
    const row = this.#row(this.#activeId);
    if (row) row.focus({ preventScroll: true });
    else goOnAtTitle(this.#root);
  }

  /** The number of sessions to be told aloud: not each one while they come and go by the dozen. */
  told(count: number): number {
    if (!this.#many || !this.#told) return (this.#told = count);
    if (count !== this.#told)
      this.#telling ??= setTimeout(() => {
        this.#telling = undefined;
        this.#told = this.#list.sessions().length;
        this.#host.requestUpdate();
      }, TOLD_MS);
    return this.#told;
  }

  /** What stands beside the number of sessions. */
  tools(count: number): TemplateResult | typeof nothing {
    if (count <= MANY && !this.order.filter) return nothing;
    return this.#tools.render(!this.order.of(this.#list.sessions()).length);
  }

  /** The head of a column. */
  head(column: Column): TemplateResult {
    return this.#tools.head(column);
  }

  /** Makes a row the one that the Tab key goes to. */
  activate(id: string): void {
    if (id === this.#activeId) return;
    this.#activeId = id;
    this.draw(true);
  }

  /** Moves the focus to a row, or to something in it. */
  focus(index: number, within = ''): void {
    const session = this.#view[Math.min(Math.max(0, index), this.#view.length - 1)];
    if (!session) return;
    const place = this.#view.indexOf(session);
    if (this.#many) this.#window.reveal(place);
    this.#activeId = session.id;
    this.draw(true);
    // Browsers lay the page out when what has the focus goes, halfway: the list was shorter then, and scrolled back.
    if (this.#many) this.#window.reveal(place);
    const row = this.#row(session.id);
    const target = (within && row?.querySelector<HTMLElement>(within)) || row;
    target?.focus({ preventScroll: this.#many });
  }

  #row(id: string): HTMLElement | null {
    return this.#root.querySelector(`[data-row="${CSS.escape(id)}"]`);
  }

  #finish(row: HTMLElement, { session: { id }, index }: Place): void {
    const tabIndex = id === this.#activeId ? 0 : -1;
    row.ariaRowIndex = `${index + 2}`;
    row.ariaSelected = this.mode && `${this.selection.ids.has(id)}`;
    if (!this.mode) row.ariaSelected = null;
    row.tabIndex = tabIndex;
    for (const button of row.querySelectorAll('button')) button.tabIndex = tabIndex;
  }

  #pieces(sessions: readonly Session[]): Piece[] {
    const before = this.#view;
    const view = this.order.of(sessions);
    this.#view = view;
    this.#many = view.length > (this.#many ? FEW : MANY);
    const active = this.#keepActive(before);
    if (!this.#many) {
      this.#window.close();
      return view.map((session, index) => ({ session, index }));
    }
    const { first } = this.#window;
    const anchor = before[first];
    // What can be seen stays where it is when something above it comes or goes.
    if (anchor && !this.order.moves && view[first]?.id !== anchor.id) {
      const place = indexOf(view, anchor.id);
      if (place >= 0) this.#window.shift(place - first);
    }
    return this.#window.pieces(view, [active, indexOf(view, this.#list.openId())]);
  }

  /** Keeps a row active: the one that was, else the one that came into its place. */
  #keepActive(before: readonly Session[]): number {
    const index = indexOf(this.#view, this.#activeId);
    if (index >= 0 || !this.#view.length) return index;
    const place = Math.min(Math.max(0, indexOf(before, this.#activeId)), this.#view.length - 1);
    const { id } = this.#view[place]!;
    this.#activeId = id;
    return place;
  }

  /** Draws with the next picture on the screen. */
  #soon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#settleSelection();
      this.draw(true);
    });
  }

  #settleSelection(): void {
    if (this.mode) this.selection.keep(this.#list.sessions());
    else this.selection.clear();
  }
}

function indexOf(view: readonly Session[], id: string): number {
  return id ? view.findIndex((session) => session.id === id) : -1;
}
