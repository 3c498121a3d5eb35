import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
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
import { tokens } from '../common/tokens.styles.js';
import { speakHistory } from '../text/en-history.js';
import { daysView } from './days.js';
import { OzekiMissedChangeEvent } from './events.js';
import { HistoryPages, type HistoryFilter, type Wanted } from './history-pages.js';
import { MissedCalls } from './missed-calls.js';
import { styles } from './ozeki-call-history.styles.js';
import { pagerView } from './pager.js';
import { knownFilter, Tools } from './tools.js';

export type * from '../common/dial-event.js';
export type * from './events.js';

speakHistory();

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
  readonly #missed = new MissedCalls(this, this.#pages);
  readonly #tools = new Tools((search) => {
    this.search = search;
    this.page = 0;
  });
  /** What a search or a filter brought, to be told; what comes by itself is not. */
  #told = '';

  constructor() {
    super();
    new Roving(this);
  }

  /** How many calls were missed since somebody looked. */
  get missed(): number {
    return this.#missed.count;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tools.stop();
  }

  #open(control: Parameters<HistoryPages['open']>[0]): void {
    const { identity, connection } = this.#phone.state!;
    this.#missed.of(`${identity?.number} ${connection.server}`);
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

  get #filter(): HistoryFilter {
    return this.#everyone ? 'all' : knownFilter(this.filter);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const pages = this.#pages;
    // Calls may have left the history meanwhile.
    const beyond = pages.shown && !pages.shown.records.length && !pages.loading;
    if (beyond || changed.has('filter') || changed.has('rows') || changed.has('everyone')) this.page = 0;
    const { state } = this.#phone;
    if (state?.identity) {
      pages.want({
        filter: this.#filter,
        everyone: this.#everyone,
        search: this.search,
        page: this.page,
        rows: Math.max(1, Math.min(100, Math.floor(this.rows) || 25)),
      });
    }
    if (this.#missed.look(!!state?.identity, state?.clockOffset ?? 0))
      this.dispatchEvent(new OzekiMissedChangeEvent(this.missed));
    this.setState('empty', !pages.shown?.records.length);
    this.setState('loading', pages.loading);
    this.setState('failed', pages.failed || this.#link.failed);
    this.setState('missed', this.missed > 0);
  }

  protected override render(): TemplateResult {
    const { text } = this;
    return html`<div class="base" part="base" role="group" aria-label=${text('callHistory')}>
      <div class="bar" part="bar">
        <h2>${text('callHistory')}</h2>
        ${
          this.missed
            ? html`<span class="badge number" part="badge" aria-hidden="true"
                >${this.#count(this.missed)}</span
              >`
            : nothing
        }
      </div>
      ${this.#body()}
      <p class="visually-hidden" role="status">${this.missed ? text('missedCount', this.missed) : ''}</p>
    </div>`;
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
    return html`${this.#tools.render({
        text,
        filter: this.#everyone ? null : this.#filter,
        choose: (filter) => (this.filter = filter),
      })}
      <p class="notice" part="notice" role="alert">${this.failure ? this.problem(this.failure) : ''}</p>
      ${this.#list()}`;
  }

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
    const days = daysView(shown.records, {
      ...{ text, loading, state: state!, language: this.language.code },
      newSince: this.#missed.newSince,
      callBack: (number) => this.#dial(number),
    });
    return html`${days}${this.#pager(shown.wanted, shown.total, shown.records.length)}`;
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
