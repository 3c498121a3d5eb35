import { html, nothing, type TemplateResult } from 'lit';
import { searchField } from '../common/search-field.js';
import type { PlainText, Say } from '../text/texts.js';
import type { HistoryFilter } from './history-pages.js';

const FILTERS: readonly (readonly [HistoryFilter, PlainText])[] = [
  ['all', 'allCalls'],
  ['missed', 'missedCalls'],
  ['incoming', 'incomingCalls'],
  ['outgoing', 'outgoingCalls'],
];

/** After the last key in the search field, in milliseconds. */
const TYPING_MS = 300;

/** What the tools are drawn from. */
export interface ToolsView {
  readonly text: Say;
  /** The filter that is on; null where there is none to choose. */
  readonly filter: HistoryFilter | null;
  choose(filter: HistoryFilter): void;
}

/** The filter, or all where the page gave none that there is. */
export function knownFilter(filter: string): HistoryFilter {
  return FILTERS.find(([name]) => name === filter)?.[0] ?? 'all';
}

/** The filters and the search field of a history. */
export class Tools {
  readonly #search: (text: string) => void;
  #typing: ReturnType<typeof setTimeout> | undefined;

  /** @param search Told what is searched for, once nobody types. */
  constructor(search: (text: string) => void) {
    this.#search = search;
  }

  /** What is being typed comes to nothing. */
  stop(): void {
    clearTimeout(this.#typing);
  }

  render({ text, filter, choose }: ToolsView): TemplateResult {
    const button = ([name, words]: (typeof FILTERS)[number]) =>
      html`<button
        type="button"
        class="filter"
        part="filter"
        aria-pressed=${filter === name}
        @click=${() => choose(name)}
      >
        ${text(words)}
      </button>`;
    return html`<div class="tools" part="tools">
      ${
        filter
          ? html`<div class="filters" role="group" aria-label=${text('callHistory')}>
              ${FILTERS.map(button)}
            </div>`
          : nothing
      }
      ${searchField({ label: text('search'), placeholder: text('search'), typed: (typed) => this.#typed(typed) })}
    </div>`;
  }

  #typed(text: string): void {
    this.stop();
    if (!text) return this.#search('');
    this.#typing = setTimeout(() => this.#search(text.trim()), TYPING_MS);
  }
}
