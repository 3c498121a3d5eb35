import { html, nothing, render, type TemplateResult } from 'lit';
import type { PhoneHandle } from '../../phone/handle.js';
import type { PhoneState, Session } from '../../phone/state.js';
import { controls } from '../common/controls.styles.js';
import { clockTime, talkTime } from '../common/format.js';
import { icon } from '../common/icons.js';
import { Lazy } from '../common/lazy.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { property } from '../common/property.js';
import { Ticker } from '../common/ticker.js';
import { tokens } from '../common/tokens.styles.js';
import type { SessionActions } from './actions/session-actions.js';
import type { SessionGrid } from './grid/session-grid.js';
import { sessionListStyles } from './ozeki-session-list.styles.js';
import { lookOf } from './session-states.js';

export type * from './actions/session-event.js';
export type * from './grid/selection-event.js';

/** More rows than these are drawn by the grid, which draws those that can be seen; until it is here, so many. */
const FEW = 50;
const FIRST = 16;

const COLUMNS = ['caller', 'callee', 'state', 'talkTime', 'started'] as const;

/**
 * @customElement
 * @tagname ozeki-session-list
 * @summary The phone system's sessions, live.
 *
 * Shows each session with its parties, its state and how long they have talked. Who has the privilege
 * `sessions.modify` finds the actions in each row: hold, transfer, close. The heads of the columns sort; a long list
 * can be searched, and draws only what can be seen.
 *
 * The arrow keys, Page Up, Page Down, Home and End walk the rows; to the side is what can be done with one. The
 * space bar selects where `selection` allows it.
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @event {OzekiSessionRequestEvent} ozeki-session-request - Before a session is held, resumed, transferred or closed; cancelable.
 * @event {OzekiSelectionChangeEvent} ozeki-selection-change - Other sessions are selected; `sessionIds` are theirs. Does not bubble.
 *
 * @slot empty - Shown while there is no session, instead of the kit's own words.
 *
 * @csspart base - The card.
 * @csspart bar - The head line with the number of sessions.
 * @csspart find - The field that searches a long list.
 * @csspart order - What a long list is sorted by, where there is no room for columns.
 * @csspart sort - The head of a column.
 * @csspart scroll - What scrolls when there are many.
 * @csspart table - The table.
 * @csspart row - One session.
 * @csspart state - Its state: icon and word.
 * @csspart action - A button of a row.
 * @csspart panel - Where a session is to be transferred.
 * @csspart notice - Why something did not work.
 * @csspart icon - Every icon.
 *
 * @cssproperty [--ozeki-color-surface=light-dark(#fff, #15171c)] - The card.
 * @cssproperty [--ozeki-color-surface-raised=light-dark(#f4f5f7, #1e2128)] - A row under the pointer.
 * @cssproperty [--ozeki-color-text=light-dark(#14171c, #f1f3f7)] - Text.
 * @cssproperty [--ozeki-color-text-muted=light-dark(#5b6472, #a2abb9)] - Heads, names, times.
 * @cssproperty [--ozeki-color-border=light-dark(#d7dce3, #383e4a)] - Lines.
 * @cssproperty [--ozeki-color-accent=light-dark(#1d5bd0, #8ab0ff)] - Held, transferring.
 * @cssproperty [--ozeki-color-positive=light-dark(#13753c, #4cc783)] - In call.
 * @cssproperty [--ozeki-color-negative=light-dark(#c4272e, #ff7a78)] - Failed.
 * @cssproperty [--ozeki-color-warning=light-dark(#8a5800, #f0b53a)] - Ringing.
 * @cssproperty [--ozeki-size-list=480px] - The height from which the list scrolls.
 *
 * @cssstate empty - There is no session to show.
 */
export class OzekiSessionList extends OzekiElement {
  static override readonly styles = [tokens, controls, sessionListStyles];

  /** How many sessions can be selected: none, one, or several. */
  @property() selection: '' | 'single' | 'multiple' = '';

  readonly #phone = new PhoneController(this, (state) => [
    // The grid hears of sessions by itself.
    this.#grid ? state.sessions.length : state.sessions,
    state.connection.status,
    state.identity,
    state.capabilities,
    state.clockOffset,
    this.#actions && state.extensions,
  ]);
  /** What may be done with a session; loaded for those who may. */
  readonly #module = new Lazy(this, () => import('./actions/session-actions.js'));
  #actions: SessionActions | null = null;
  /** What walks, sorts, searches and selects; loaded for a long list, and when somebody turns to a short one. */
  readonly #gridModule = new Lazy(this, () => import('./grid/session-grid.js'));
  #grid: SessionGrid | null = null;
  readonly #bodies = new Map<string, HTMLElement>();

  constructor() {
    super();
    new Ticker(this, () => this.#sessions.some(({ talk }) => talk.since));
    for (const sign of ['focusin', 'pointerover'])
      this.addEventListener(sign, () => void this.#gridModule.load());
  }

  /** The ids of the selected sessions. */
  get selectedSessions(): readonly string[] {
    return [...(this.#grid?.selection.ids ?? [])];
  }

  /** Changes that come by the dozen are drawn once for each picture on the screen. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    const count = this.#sessions.length;
    this.setState('empty', !count);
    const may = count && this.#visible!.identity!.privileges.includes('sessions.modify');
    const module = may ? this.#module.get() : null;
    this.#actions = module && (this.#actions ?? new module.SessionActions(this, this.text));
    // The first rows come before it.
    if (count > FEW || this.selection) requestAnimationFrame(() => this.#gridModule.get());
    const grid = this.#gridModule.module;
    this.#grid ??=
      grid &&
      new grid.SessionGrid(this, this.text, this.language, {
        phone: this.#phone,
        bodies: this.#bodies,
        sessions: () => this.#sessions,
        openId: () => this.#actions?.openId ?? '',
        row: (session) => this.#row(session),
      });
  }

  /**
   * Draws each session into a table body of its own, which stays for as long as the session does: with it stay
   * the focus and an open panel, whatever comes and goes above. (The directive for that would weigh more.)
   */
  protected override updated(): void {
    if (this.#grid) return this.#grid.draw();
    const all = this.#sessions;
    const sessions = all.length > FEW ? all.slice(0, FIRST) : all;
    for (const [id, body] of this.#bodies) {
      if (sessions.some((session) => session.id === id)) continue;
      body.remove();
      this.#bodies.delete(id);
    }
    const table = this.renderRoot.querySelector('table');
    for (const session of sessions) {
      let body = this.#bodies.get(session.id);
      if (!body) this.#bodies.set(session.id, (body = document.createElement('tbody')));
      render(this.#row(session), body, { host: this });
      if (body.parentNode !== table) table?.append(body);
    }
  }

  /** The state, where there is an account that may see sessions. */
  get #visible(): PhoneState | null {
    const { state } = this.#phone;
    return state?.identity && state.capabilities?.sessions ? state : null;
  }

  get #sessions(): readonly Session[] {
    return this.#visible?.sessions ?? [];
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const { state } = this.#phone;
    const visible = this.#visible;
    const count = this.#sessions.length;
    const code = this.#actions?.failure;
    const grid = this.#grid;
    const failure =
      code === 'load' || this.#module.failed || this.#gridModule.failed
        ? text('notLoaded')
        : code && this.problem(code);
    return html`<div class="base" part="base" role="group" aria-label=${text('sessions')}>
      <div class="bar" part="bar">
        <h2>${text('sessions')}</h2>
        <span class="muted number" aria-hidden="true">${count || ''}</span>
        <span class="visually-hidden" role="status"
          >${visible ? text('sessionCount', grid?.told(count) ?? count) : ''}</span
        >
        ${grid?.tools(count)}
      </div>
      ${failure ? html`<p class="notice" part="notice" role="alert">${failure}</p>` : nothing}
      ${count ? this.#table() : this.#empty(state, !!visible)}
    </div>`;
  }

  #empty(state: PhoneState | null, allowed: boolean): TemplateResult {
    const { text } = this;
    const hint = allowed
      ? 'noSessionsHint'
      : state?.identity
        ? 'sessionsHidden'
        : state?.connection.status === 'connecting'
          ? 'connecting'
          : 'sessionsSignedOut';
    return html`<div class="empty">
      <slot name="empty">
        <b>${text('noSessions')}</b>
        <p class="muted">${text(hint)}</p>
      </slot>
    </div>`;
  }

  #table(): TemplateResult {
    const { text } = this;
    const actions = this.#actions;
    // The roles are said because a table laid out as cards is no table to the browser.
    return html`<div class="scroll" part="scroll" tabindex="0" role="group" aria-label=${text('sessions')}>
      <table role="table" part="table">
        <thead>
          <tr role="row">
            ${COLUMNS.map(
              (key) => html`<th role="columnheader" scope="col">${this.#grid?.head(key) ?? text(key)}</th>`,
            )}
            ${
              actions
                ? html`<th role="columnheader" scope="col">
                    <span class="visually-hidden">${text('actions')}</span>
                  </th>`
                : nothing
            }
          </tr>
        </thead>
      </table>
    </div>`;
  }

  #row(session: Session): TemplateResult {
    const state = this.#phone.state as PhoneState;
    const { text } = this;
    const phone = this.#phone.phone as PhoneHandle;
    const actions = this.#actions;
    const { tone, icon: sign } = lookOf(session.state);
    const talked = talkTime(session.talk, Date.now() + state.clockOffset);
    const started = new Date(session.startedAt - state.clockOffset);
    return html`<tr role="row" part="row" data-row=${session.id}>
        <th role="rowheader" scope="row">${party(session.caller, session.callerName)}</th>
        <td role="cell" class="callee">${party(session.callee, session.calleeName)}</td>
        <td role="cell" class="what">
          <span class="state ${tone}" part="state">${icon(sign)}${text('sessionState', session.state)}</span>
        </td>
        <td role="cell" class="end">
          <span class="number"
            >${talked || session.talk.since !== null ? text('duration', talked) : '–'}</span
          >
        </td>
        <td role="cell" class="end muted">
          <time class="number" datetime=${started.toISOString()}
            >${clockTime(started, this.language.code)}</time
          >
        </td>
        ${actions?.cell({ session, state, phone })}
      </tr>
      ${actions?.below({ session, state, phone })}`;
  }
}

function party(number: string, name: string): TemplateResult {
  return html`<span class="number">${number}</span> ${name}`;
}
