import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneNews } from '../../phone/control/control.js';
import type { PhoneError } from '../../phone/handle.js';
import type { ProblemCode } from '../../phone/state.js';
import { ControlController } from '../common/control-controller.js';
import { controls } from '../common/controls.styles.js';
import { OzekiDialEvent } from '../common/dial-event.js';
import { listStyles } from '../common/list.styles.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { property, state } from '../common/property.js';
import { Roving } from '../common/roving.js';
import { Seen } from '../common/seen.js';
import { tokens } from '../common/tokens.styles.js';
import { speakHistory } from '../text/en-history.js';
import type { PlainText } from '../text/texts.js';
import { byDay, dayName, entryOf, type Entry } from './entries.js';
import { OzekiMissedChangeEvent } from './events.js';
import { HistoryPages, type HistoryFilter, type Wanted } from './history-pages.js';
import { look, lookedAt, onLookedElsewhere } from './looked-at.js';
import { styles } from './ozeki-call-history.styles.js';
import { pagerView } from './pager.js';
import { rowView } from './row.js';

export type * from '../common/dial-event.js';
export type * from './events.js';

speakHistory();

const FILTERS: readonly (readonly [HistoryFilter, PlainText])[] = [
  ['all', 'allCalls'],
  ['missed', 'missedCalls'],
  ['incoming', 'incomingCalls'],
  ['outgoing', 'outgoingCalls'],
];

/** After the last key in the search field, in milliseconds. */
const TYPING_MS = 300;

/**
 * @customElement
 * @tagname ozeki-call-history
 * @summary The calls that were, by day: all, missed, incoming or outgoing, with search, pages and call back.
 *
 * The phone system keeps the history, so every phone of an extension shows the same, and a call that was answered
 * on another one is not missed. Calls that were missed since somebody looked are counted; looking at them, on any
 * page of this site, takes the count away.
 *
 * @event {OzekiDialEvent} ozeki-dial - Somebody wants to call back; `detail` has `number` and `video`. Bubbles; `preventDefault()` keeps the element from dialling.
 * @event {OzekiMissedChangeEvent} ozeki-missed-change - The number of missed calls since somebody looked changed; `count` is it. Does not bubble.
 *
 * @slot empty - Shown while there is no call at all, instead of the kit's own words.
 *
 * @csspart base - The card.
 * @csspart bar - The head line.
 * @csspart badge - How many calls were missed since somebody looked.
 * @csspart tools - The search field and the filters.
 * @csspart search - The search field.
 * @csspart filter - A filter.
 * @csspart scroll - What scrolls when there are many.
 * @csspart day - The heading of a day.
 * @csspart row - One call.
 * @csspart kind - Which way it went, as an icon.
 * @csspart name - The other party.
 * @csspart details - Its number and what became of the call.
 * @csspart time - When it was.
 * @csspart call-back - The button that calls back.
 * @csspart pager - The line with the pages.
 * @csspart page - The button to newer or older calls.
 * @csspart notice - Why something did not work.
 * @csspart icon - Every icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - A row under the pointer, the chosen filter.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Names.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Numbers, times, days.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - The pages and the focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - Call back.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - Missed calls.
 * @cssproperty [--ozeki-size-list=480px] - The height from which the list scrolls.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate empty - There is no call to show.
 * @cssstate loading - A page is asked for.
 * @cssstate failed - It could not be had.
 * @cssstate missed - Calls were missed since somebody looked.
 */
export class OzekiCallHistory extends OzekiElement {
  static override styles = [tokens, controls, listStyles, styles];

  /** Which calls are shown: `all`, `missed`, `incoming` or `outgoing`. */
  @property() filter: HistoryFilter = 'all';
  /** How many calls a page has, 1 to 100. */
  @property({ type: Number }) rows = 25;
  /** Shows everybody's calls, with the privilege `history`. */
  @property({ type: Boolean }) everyone = false;

  @state() private search = '';
  @state() private page = 0;
  @state() private failure: ProblemCode | null = null;

  readonly #phone = new PhoneController(this, (now) => [
    now.connection.status,
    now.identity,
    now.capabilities,
    now.extensions,
  ]);
  readonly #pages = new HistoryPages(this);
  readonly #link = new ControlController(this, this.#phone, {
    ready: (control) => this.#open(control),
    news: (news) => this.#hear(news),
    gone: () => this.#pages.close(),
  });
  readonly #seen = new Seen(this);
  #account = '';
  #missed = 0;
  /** Since when calls are new to who looks: when somebody looked before. */
  #newSince = Infinity;
  #wasSeen = false;
  /** What a search or a filter brought, to be told; what comes by itself is not. */
  #told = '';
  #typing: ReturnType<typeof setTimeout> | undefined;
  #stopStorage: (() => void) | undefined;

  constructor() {
    super();
    new Roving(this);
  }

  /** How many calls were missed since somebody looked. */
  get missed(): number {
    return this.#missed;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopStorage = onLookedElsewhere(() => {
      this.#pages.missedSince = lookedAt(this.#account);
      this.#pages.refreshSoon();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopStorage?.();
    clearTimeout(this.#typing);
  }

  #open(control: Parameters<HistoryPages['open']>[0]): void {
    const { identity, connection } = this.#phone.state!;
    const account = `${identity?.number} ${connection.server}`;
    if (account !== this.#account) this.#pages.clear();
    this.#account = account;
    this.#pages.missedSince = lookedAt(account);
    this.#wasSeen = false;
    this.#pages.open(control);
  }

  #hear(news: PhoneNews): void {
    if (news.type !== 'session' || !news.closed) return;
    const own = this.#phone.state?.identity?.number;
    const { caller, callee, dialedNumber } = news.session;
    if (this.#everyone || [caller, callee, dialedNumber].includes(own!)) this.#pages.refreshSoon();
  }

  get #everyone(): boolean {
    return this.everyone && !!this.#phone.state?.identity?.privileges.includes('history');
  }

  /** The filter, or all where the page gave none that there is. */
  get #filter(): HistoryFilter {
    return !this.#everyone && FILTERS.some(([name]) => name === this.filter) ? this.filter : 'all';
  }

  protected override willUpdate(changed: PropertyValues): void {
    const pages = this.#pages;
    // Calls may have left the history meanwhile.
    const beyond = pages.shown && !pages.shown.records.length && !pages.loading;
    if (beyond || changed.has('filter') || changed.has('rows') || changed.has('everyone')) this.page = 0;
    if (this.#phone.state?.identity) {
      pages.want({
        filter: this.#filter,
        everyone: this.#everyone,
        search: this.search,
        page: this.page,
        rows: Math.max(1, Math.min(100, Math.floor(this.rows) || 25)),
      });
    }
    this.#look();
    this.setState('empty', !pages.shown?.records.length);
    this.setState('loading', pages.loading);
    this.setState('failed', pages.failed || this.#link.failed);
    this.setState('missed', this.#missed > 0);
  }

  /** Takes the count of missed calls; when they are on the screen, they are not missed any more. */
  #look(): void {
    const { missed, shown, loading } = this.#pages;
    const wanted = shown?.wanted;
    const { state } = this.#phone;
    const seen = this.#seen.now && !!state?.identity && !!this.#account;
    if (seen && !this.#wasSeen) this.#newSince = this.#pages.missedSince;
    this.#wasSeen = seen;
    const inSight =
      seen && !loading && wanted && wanted.filter !== 'outgoing' && !wanted.page && !wanted.search;
    if (inSight && missed) {
      const now = Date.now() + state.clockOffset;
      look(this.#account, now);
      this.#pages.missedSince = now;
      this.#pages.missed = 0;
    }
    if (this.#pages.missed === this.#missed) return;
    this.#missed = this.#pages.missed;
    this.dispatchEvent(new OzekiMissedChangeEvent(this.#missed));
  }

  protected override render(): TemplateResult {
    const { text } = this;
    return html`<section class="base" part="base" aria-label=${text('callHistory')}>
      <div class="bar" part="bar">
        <h2>${text('callHistory')}</h2>
        ${
          this.#missed
            ? html`<span class="badge number" part="badge" aria-hidden="true"
                >${this.#count(this.#missed)}</span
              >`
            : nothing
        }
      </div>
      ${this.#body()}
      <p class="visually-hidden" role="status">${this.#missed ? text('missedCount', this.#missed) : ''}</p>
    </section>`;
  }

  #body(): TemplateResult {
    const { text } = this;
    const { state } = this.#phone;
    if (!state?.identity) {
      return this.#empty(
        text('noCallsYet'),
        text(state?.connection.status === 'connecting' ? 'connecting' : 'historySignedOut'),
      );
    }
    if (!state.capabilities?.control) return this.#empty(text('noCallsYet'), text('historyHidden'));
    return html`${this.#tools()}
      <p class="notice" part="notice" role="alert">${this.failure ? this.problem(this.failure) : ''}</p>
      ${this.#list()}`;
  }

  #tools(): TemplateResult {
    const { text } = this;
    return html`<div class="tools" part="tools">
      ${
        this.#everyone
          ? nothing
          : html`<div class="filters" role="group" aria-label=${text('callHistory')}>
              ${FILTERS.map(
                ([name, words]) =>
                  html`<button
                    type="button"
                    class="filter"
                    part="filter"
                    aria-pressed=${this.#filter === name}
                    @click=${() => {
                      this.filter = name;
                    }}
                  >
                    ${text(words)}
                  </button>`,
              )}
            </div>`
      }
      <input
        class="search"
        part="search"
        type="search"
        dir="auto"
        autocomplete="off"
        spellcheck="false"
        maxlength="128"
        aria-label=${text('search')}
        placeholder=${text('search')}
        @input=${this.#type}
        @keydown=${this.#searchKey}
      />
    </div>`;
  }

  readonly #type = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.search = value.trim();
      this.page = 0;
    }, TYPING_MS);
  };

  /** Escape empties the field, as browsers do that give it a button for that. */
  readonly #searchKey = (event: KeyboardEvent): void => {
    const field = event.target as HTMLInputElement;
    if (event.key !== 'Escape' || !field.value) return;
    event.preventDefault();
    event.stopPropagation();
    field.value = '';
    clearTimeout(this.#typing);
    this.search = '';
    this.page = 0;
  };

  #list(): TemplateResult {
    const { text } = this;
    const { shown, loading, failed } = this.#pages;
    const { state } = this.#phone;
    if (failed || this.#link.failed) {
      const again = () => {
        this.#link.retry();
        this.#pages.refresh();
      };
      return this.#empty(
        text('historyFailed'),
        html`<button type="button" class="button plain" @click=${again}>${text('tryAgain')}</button>`,
      );
    }
    if (!shown) return html`<div class="empty"><p class="muted" role="status">${text('loading')}</p></div>`;
    if (!shown.records.length) {
      const { search, filter } = shown.wanted;
      return search || filter !== 'all'
        ? html`<div class="empty"><p class="muted" role="status">${text('noCallsFound')}</p></div>`
        : this.#empty(text('noCallsYet'), text('noCallsYetHint'), true);
    }
    const viewpoint = {
      own: state!.identity!.number,
      extensions: state!.extensions,
      clockOffset: state!.clockOffset,
    };
    const days = byDay(shown.records.map((record) => entryOf(record, viewpoint)));
    const time = new Intl.DateTimeFormat(this.language.code, { timeStyle: 'short' });
    const usable = state!.connection.status === 'connected';
    const view = ({ kind, endedAt }: Entry) => ({
      ...{ text, time, usable, callBack: (number: string) => this.#dial(number) },
      fresh: kind === 'missed' && endedAt + viewpoint.clockOffset >= this.#newSince,
    });
    return html`<div class=${loading ? 'scroll stale' : 'scroll'} part="scroll" aria-busy=${loading}>
        ${repeat(
          days,
          (day) => day.start,
          ({ start, entries }) =>
            html`<h3 part="day">${dayName(start, this.language.code)}</h3>
              <ul class="rows">
                ${repeat(
                  entries,
                  (entry) => entry.id,
                  (entry) => rowView(entry, view(entry)),
                )}
              </ul>`,
        )}
      </div>
      ${this.#pager(shown.wanted, shown.total, shown.records.length)}`;
  }

  #pager({ page, rows, search, filter }: Wanted, total: number, here: number): TemplateResult {
    const { text } = this;
    const from = page * rows;
    const [first, last, all] = [from + 1, from + here, total].map((one) => this.#count(one)) as [
      string,
      string,
      string,
    ];
    const range = text('pageOf', first, last, all);
    const asked = search || filter !== 'all';
    if (!this.#pages.loading) this.#told = page ? range : asked ? text('callCount', total) : '';
    return html`${pagerView({
        ...{ text, range, hasNewer: page > 0, hasOlder: from + here < total },
        turn: (step) => {
          this.page += step;
          this.renderRoot.querySelector('.scroll')?.scrollTo({ top: 0 });
        },
      })}
      <p class="visually-hidden" role="status">${this.#told}</p>`;
  }

  #dial(number: string): void {
    this.failure = null;
    if (!this.dispatchEvent(new OzekiDialEvent({ number, video: false }))) return;
    this.#phone.phone!.dial(number).catch((error: PhoneError) => {
      this.failure = error.code ?? 'internal';
    });
  }

  #count(count: number): string {
    return count.toLocaleString(this.language.code);
  }

  #empty(title: string, hint: unknown, slot = false): TemplateResult {
    const words = html`<b>${title}</b>
      <div class="muted">${hint}</div>`;
    return html`<div class="empty">${slot ? html`<slot name="empty">${words}</slot>` : words}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-call-history': OzekiCallHistory;
  }
}
