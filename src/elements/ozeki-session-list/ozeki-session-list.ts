import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneError, PhoneHandle } from '../../phone/handle.js';
import type { PhoneState, ProblemCode, Session } from '../../phone/state.js';
import { controls } from '../shared/controls.styles.js';
import { formatDuration, talkTime } from '../shared/format.js';
import { icon, type IconName } from '../shared/icons.js';
import { addStyles } from '../shared/lazy-styles.js';
import { OzekiElement } from '../shared/ozeki-element.js';
import { PhoneController } from '../shared/phone-controller.js';
import { Ticker } from '../shared/ticker.js';
import { tokens } from '../shared/tokens.styles.js';
import { sessionListStyles } from './ozeki-session-list.styles.js';
import { OzekiSessionRequestEvent } from './session-event.js';
import { isHeld, isLive, isUp, LOOKS } from './session-states.js';
import type { SessionTransfer } from './transfer/session-transfer.js';

/**
 * @summary The phone system's sessions, live.
 *
 * Shows each session with its parties, its state and how long they have talked. Who has the privilege
 * `sessions.modify` finds the actions in each row: hold, transfer, close.
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @event {OzekiSessionRequestEvent} ozeki-session-request - Before a session is held, resumed, transferred or closed; cancelable.
 *
 * @slot empty - Shown while there is no session, instead of the kit's own words.
 *
 * @csspart base - The card.
 * @csspart bar - The head line with the number of sessions.
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

  readonly #phone = new PhoneController(this, (state) => [
    state.sessions,
    state.connection.status,
    state.identity,
    state.capabilities,
    state.clockOffset,
    this.#transfer && state.extensions,
  ]);
  /** The open transfer panel. */
  #transfer: SessionTransfer | null = null;
  /** What the last command met; `load`: the panel could not be loaded. */
  #failure: ProblemCode | 'load' | null = null;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#transfer) return;
      event.stopPropagation();
      this.#close();
    });
    new Ticker(this, () => !!this.#phone.state?.sessions.some((session) => session.talk.since !== null));
  }

  protected override willUpdate(): void {
    const sessions = this.#phone.state?.sessions ?? [];
    this.setState('empty', !sessions.length);
    if (
      this.#transfer &&
      !sessions.some((session) => session.id === this.#transfer?.sessionId && isUp(session))
    )
      this.#transfer = null;
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const { state } = this.#phone;
    const visible = state?.identity && state.capabilities?.sessions ? state : null;
    const count = visible?.sessions.length ?? 0;
    const failure =
      this.#failure === 'load' ? text('notLoaded') : this.#failure && this.problem(this.#failure);
    return html`<section class="base" part="base" aria-label=${text('sessions')}>
      <div class="bar" part="bar">
        <h2>${text('sessions')}</h2>
        <span class="muted number" aria-hidden="true">${count || ''}</span>
        <span class="visually-hidden" role="status">${visible ? text('sessionCount', count) : ''}</span>
      </div>
      ${failure ? html`<p class="notice" part="notice" role="alert">${failure}</p>` : nothing}
      ${count && visible ? this.#table(visible) : this.#empty(state, !!visible)}
    </section>`;
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

  #table(state: PhoneState): TemplateResult {
    const { text } = this;
    const may = !!state.identity?.privileges.includes('sessions.modify');
    const now = Date.now() + state.clockOffset;
    // The roles are said because a table laid out as cards is no table to the browser.
    return html`<div class="scroll" part="scroll" tabindex="0" role="group" aria-label=${text('sessions')}>
      <table role="table" part="table">
        <thead>
          <tr role="row">
            ${(['caller', 'callee', 'state', 'talkTime', 'started'] as const).map(
              (key) => html`<th role="columnheader" scope="col">${text(key)}</th>`,
            )}
            ${
              may
                ? html`<th role="columnheader" scope="col">
                    <span class="visually-hidden">${text('actions')}</span>
                  </th>`
                : nothing
            }
          </tr>
        </thead>
        <tbody>
          ${repeat(
            state.sessions,
            (session) => session.id,
            (session) => this.#row(session, state, may, now),
          )}
        </tbody>
      </table>
    </div>`;
  }

  #row(session: Session, state: PhoneState, may: boolean, now: number): TemplateResult {
    const { text } = this;
    const { phone } = this.#phone;
    const { tone, icon: sign } = LOOKS[session.state];
    const talked = talkTime(session.talk, now);
    const started = session.startedAt - state.clockOffset;
    return html`<tr role="row" part="row" data-row=${session.id}>
        <th role="rowheader" scope="row" class="caller">${party(session.caller, session.callerName)}</th>
        <td role="cell" class="callee">${party(session.callee, session.calleeName)}</td>
        <td role="cell" class="what">
          <span class="state ${tone}" part="state">${icon(sign)}${text(`session:${session.state}`)}</span>
        </td>
        <td role="cell" class="end">
          <span class="number">${talked || session.talk.since !== null ? formatDuration(talked) : '–'}</span>
        </td>
        <td role="cell" class="end muted">
          <time class="number" datetime=${new Date(started).toISOString()}
            >${this.localize.date(new Date(started), { timeStyle: 'medium' })}</time
          >
        </td>
        ${may && phone ? html`<td role="cell" class="actions">${this.#actions(session, state, phone)}</td>` : nothing}
      </tr>
      ${
        this.#transfer?.sessionId === session.id
          ? html`<tr role="row" class="below">
              <td role="cell" colspan="6">
                <div class="panel" part="panel">${this.#transfer.render(session, state, text)}</div>
              </td>
            </tr>`
          : nothing
      }`;
  }

  #actions(session: Session, { capabilities: can }: PhoneState, phone: PhoneHandle): TemplateResult {
    const { text } = this;
    const { id } = session;
    const held = isHeld(session);
    const button = (
      name: 'hold' | 'resume' | 'transfer' | 'closeSession',
      sign: IconName,
      usable: boolean,
      act: () => void,
    ) =>
      html`<button
        type="button"
        class="action"
        part="action"
        data-action=${name}
        title=${text(name)}
        aria-label=${text(name)}
        aria-disabled=${usable ? nothing : 'true'}
        @click=${() => usable && act()}
      >
        ${icon(sign)}
      </button>`;
    return html`${
      can?.hold
        ? button(
            held ? 'resume' : 'hold',
            held ? 'play' : 'pause',
            isUp(session),
            () =>
              void this.#ask(id, held ? 'resume' : 'hold', () =>
                held ? phone.unholdSession(id) : phone.holdSession(id),
              ),
          )
        : nothing
    }
    ${
      can?.blindTransfer
        ? button('transfer', 'transfer', isUp(session), () => void this.#open(id, phone))
        : nothing
    }
    ${button(
      'closeSession',
      'close',
      isLive(session),
      () => void this.#ask(id, 'close', () => phone.closeSession(id)),
    )}`;
  }

  /** Gives a command, unless the page says no; tells on screen when it fails. */
  async #ask(
    id: string,
    action: OzekiSessionRequestEvent['action'],
    give: () => Promise<void>,
  ): Promise<boolean> {
    if (!this.dispatchEvent(new OzekiSessionRequestEvent(id, action))) return false;
    this.#failure = null;
    try {
      await give();
    } catch (error) {
      this.#failure = (error as Partial<PhoneError>).code ?? 'internal';
    }
    this.requestUpdate();
    return !this.#failure;
  }

  /** Opens the panel under a row, or closes it. */
  async #open(id: string, phone: PhoneHandle): Promise<void> {
    if (this.#transfer?.sessionId === id) return this.#close();
    try {
      const { SessionTransfer, sessionTransferStyles } = await import('./transfer/session-transfer.js');
      addStyles(this.renderRoot as ShadowRoot, sessionTransferStyles);
      this.#failure = null;
      this.#transfer = new SessionTransfer(id, {
        update: () => this.requestUpdate(),
        close: () => this.#close(),
        send: async (leaving, to) => {
          if (await this.#ask(id, 'transfer', () => phone.transferSession(id, leaving, to))) this.#close();
        },
      });
    } catch (error) {
      console.warn(this, error);
      this.#failure = 'load';
    }
    this.requestUpdate();
    await this.updateComplete;
    this.#focus('.panel input');
  }

  #close(): void {
    const id = this.#transfer?.sessionId;
    this.#transfer = null;
    this.requestUpdate();
    void this.updateComplete.then(() => this.#focus(`[data-row="${id}"] [data-action=transfer]`));
  }

  /** Moves the focus, unless the person has gone to do something elsewhere on the page. */
  #focus(selector: string): void {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body || activeElement === this)
      this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

function party(number: string, name: string): TemplateResult {
  return html`<span class="number">${number}</span> ${name}`;
}
