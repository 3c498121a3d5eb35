import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Say } from '../../text/texts.js';
import { COLUMNS, type Column, type SessionOrder } from './session-order.js';

/** Sorting by the heads of the columns, and finding. */
export class SessionTools {
  readonly #host: ReactiveControllerHost;
  readonly #text: Say;
  readonly #order: SessionOrder;

  constructor(host: ReactiveControllerHost, text: Say, order: SessionOrder) {
    this.#host = host;
    this.#text = text;
    this.#order = order;
  }

  /** The head of a column, which sorts by it. */
  head(column: Column): TemplateResult {
    return html`<button type="button" class="sort" part="sort" @click=${() => this.#sort(column)}>
      ${this.#text(column)}
    </button>`;
  }

  /** Says in the heads how they are sorted. */
  mark(table: HTMLElement): void {
    const heads = [...table.querySelectorAll('th[scope=col]')];
    for (const [index, column] of COLUMNS.entries()) heads[index]!.ariaSort = this.#order.directionOf(column);
  }

  /** A field to search in and, where the heads are not seen, a choice of what to sort by. */
  render(nothingFound: boolean): TemplateResult {
    const text = this.#text;
    const order = this.#order;
    return html`<input
        class="find"
        part="find"
        type="search"
        autocomplete="off"
        spellcheck="false"
        placeholder=${text('findSessions')}
        aria-label=${text('findSessions')}
        .value=${order.filter}
        @input=${(event: InputEvent) => {
          order.filter = (event.target as HTMLInputElement).value;
          this.#host.requestUpdate();
        }}
      />
      <select
        class="order"
        part="order"
        aria-label=${text('sortBy')}
        @change=${(event: Event) => this.#sort((event.target as HTMLSelectElement).value as Column)}
      >
        <option value="">${text('sortBy')}</option>
        ${COLUMNS.map(
          (column) =>
            html`<option value=${column} ?selected=${!!order.directionOf(column)}>${text(column)}</option>`,
        )}
      </select>
      ${nothingFound ? html`<p class="none muted" role="status">${text('noSuchSession')}</p>` : nothing}`;
  }

  #sort(column: Column | ''): void {
    this.#order.sort(column);
    this.#host.requestUpdate();
  }
}
