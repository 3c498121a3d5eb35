import { render, type TemplateResult } from 'lit';
import type { Session } from '../../../phone/state.js';

/** A session and its place among all that are shown. */
export interface Place {
  readonly session: Session;
  readonly index: number;
}

/** What stands in the table: sessions, and gaps between them. */
export type Piece = Place | HTMLElement;

/** How a row is drawn, and what the grid adds to it. */
export interface RowDrawing {
  row(session: Session): TemplateResult;
  /** What {@link finish} depends on beside the session: when it is the same, there is nothing to do. */
  look(place: Place): string;
  finish(row: HTMLElement, place: Place): void;
}

/** Draws sessions into table bodies, which stay with them for as long as they are drawn, wherever they move. */
export class SessionRows {
  readonly #bodies: Map<string, HTMLElement>;
  readonly #drawn = new WeakMap<HTMLElement, { session: Session; look: string }>();
  readonly #spare: HTMLElement[] = [];
  readonly #host: HTMLElement;
  readonly #drawing: RowDrawing;

  /** @param bodies - Those there are, by the ids of their sessions. */
  constructor(host: HTMLElement, bodies: Map<string, HTMLElement>, drawing: RowDrawing) {
    this.#host = host;
    this.#bodies = bodies;
    this.#drawing = drawing;
  }

  /** Draws these and no others; with `onlyChanged` nothing but sessions can differ from what is drawn. */
  draw(table: Element, pieces: readonly Piece[], onlyChanged = false): void {
    const left = new Map(this.#bodies);
    for (const piece of pieces) if ('session' in piece) left.delete(piece.session.id);
    for (const [id, body] of left) {
      body.remove();
      this.#bodies.delete(id);
      this.#spare.push(body);
    }
    arrange(
      table,
      pieces.map((piece) => ('session' in piece ? this.#body(piece, onlyChanged) : piece)),
    );
  }

  #body(place: Place, onlyChanged: boolean): HTMLElement {
    const { session } = place;
    const body = this.#bodies.get(session.id) ?? this.#spare.pop() ?? document.createElement('tbody');
    this.#bodies.set(session.id, body);
    const drawn = this.#drawn.get(body);
    const look = this.#drawing.look(place);
    const same = onlyChanged && drawn?.session === session;
    if (same && drawn.look === look) return body;
    if (!same) render(this.#drawing.row(session), body, { host: this.#host });
    this.#drawing.finish(body.querySelector('tr')!, place);
    this.#drawn.set(body, { session, look });
    return body;
  }
}

/** Puts bodies in order below the table's head. One with the focus in it is not moved, as it would lose it. */
function arrange(table: Element, bodies: readonly HTMLElement[]): void {
  const at = bodies.findIndex((body) => body.isConnected && body.querySelector(':focus'));
  let last = bodies[at] ?? table.firstElementChild!;
  for (const body of bodies.slice(at + 1)) {
    if (last.nextElementSibling !== body) last.after(body);
    last = body;
  }
  let first = bodies[at];
  for (const body of bodies.slice(0, Math.max(0, at)).reverse()) {
    if (first!.previousElementSibling !== body) first!.before(body);
    first = body;
  }
}
