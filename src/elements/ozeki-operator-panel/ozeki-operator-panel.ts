import { html, nothing, type TemplateResult } from 'lit';
import { controls } from '../common/controls.styles.js';
import { Lazy } from '../common/lazy.js';
import { listStyles } from '../common/list.styles.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { property } from '../common/property.js';
import { tokens } from '../common/tokens.styles.js';
import type { Board } from './board/board.js';

export type * from '../common/dial-event.js';
export type * from '../ozeki-call/call-events.js';
export type * from '../ozeki-extension-status/pick-up-event.js';
export type * from '../ozeki-session-list/actions/session-event.js';

/**
 * @customElement
 * @tagname ozeki-operator-panel
 * @summary A wallboard for an operator: who waits and how long, who talks to whom, and what each extension is doing.
 *
 * A party of a call is taken up and put on an extension, which transfers it there: by dragging, or by pressing it
 * and then the extension, with the pointer or with Enter and the arrow keys; Escape puts it back. One's own calls can
 * be transferred always, others with the privilege `sessions.modify`; `sessions.listen` lets listen to them, and
 * `calls.pickup` take what rings elsewhere. What is shown is what the phone system has confirmed.
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @event {OzekiSessionRequestEvent} ozeki-session-request - Before a party is transferred; `sessionId` and `action` tell which. Bubbles; cancelable.
 * @event {OzekiAcceptRequestEvent} ozeki-accept-request - Before a call that rings at this phone is accepted. Bubbles; cancelable.
 * @event {OzekiPickUpEvent} ozeki-pick-up - Somebody wants to pick up; `detail` has `extension`. Bubbles; cancelable.
 * @event {OzekiDialEvent} ozeki-dial - Somebody wants to call an extension; `detail` has `number` and `video`. Bubbles; cancelable.
 *
 * @csspart base - The card.
 * @csspart bar - The head line; it says what was taken up.
 * @csspart search - The field that finds calls and extensions.
 * @csspart notice - Why something did not work.
 * @csspart talk - Those who wait and those who talk.
 * @csspart call - One of them; also `late` or `urgent` while it waits long.
 * @csspart party - A party of a call; what can be dragged is a button.
 * @csspart state - The state of a call: icon and word.
 * @csspart time - How long it has waited or talked.
 * @csspart action - A button of a row; also `accept`, `pick-up` or `listen`.
 * @csspart extensions - The grid of tiles, which scrolls when there are many.
 * @csspart tile - An extension; also `target` while something can be put on it.
 * @csspart dot - What it is doing, as a shape.
 * @csspart icon - Every icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - What is under the pointer.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Text.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - States, hints.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - What was taken up and where it can be put; the focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - Idle, talking, accept.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - Ringing; who waits since `late-after`.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - Busy; who waits since `urgent-after`.
 * @cssproperty [--ozeki-size-list=480px] - The height from which the grid scrolls.
 * @cssproperty [--ozeki-radius-m=12px] - Corners of a tile.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate waiting - Somebody waits.
 * @cssstate urgent - Somebody waits since `urgent-after`.
 * @cssstate carrying - A party was taken up.
 * @cssstate listening - Others are listened to.
 * @cssstate empty - Nobody is signed in, so there is nothing to show.
 */
export class OzekiOperatorPanel extends OzekiElement {
  static override styles = [tokens, controls, listStyles];

  /** After so many seconds of waiting a call is late: its time is in the warning colour. */
  @property({ type: Number, attribute: 'late-after' }) lateAfter = 15;
  /** After so many seconds of waiting a call is urgent. */
  @property({ type: Number, attribute: 'urgent-after' }) urgentAfter = 30;

  readonly #phone = new PhoneController(this, (phone) => [
    phone.connection.status,
    phone.identity,
    phone.capabilities,
    phone.calls,
    phone.sessions,
    phone.extensions,
    phone.clockOffset,
  ]);
  /** Everything that somebody who is signed in sees and does. */
  readonly #module = new Lazy(this, () => import('./board/board.js'));
  #board: Board | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#board?.left();
  }

  /** Changes that come by the dozen are drawn once for each picture on the screen. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    const signedIn = !!this.#phone.state?.identity;
    const module = signedIn ? this.#module.get() : null;
    this.#board ??= module && new module.Board(this, this.#phone, this.text);
    const states = this.#board?.update();
    this.setState('waiting', !!states?.waiting);
    this.setState('urgent', !!states?.urgent);
    this.setState('carrying', !!states?.carrying);
    this.setState('listening', !!states?.listening);
    this.setState('empty', !signedIn);
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const { state } = this.#phone;
    const board = state?.identity ? this.#board : null;
    const problem = board?.failure && this.problem(board.failure);
    const failed = this.#module.failed || board?.lost;
    return html`<div class="base" part="base" role="group" aria-label=${text('operatorPanel')}>
      ${board?.head() ?? html`<div class="bar" part="bar"><h2>${text('operatorPanel')}</h2></div>`}
      <div role="alert">
        ${
          failed || problem
            ? html`<p class="notice" part="notice">${failed ? text('notLoaded') : problem}</p>`
            : nothing
        }
      </div>
      ${board?.render() ?? (failed ? nothing : this.#empty())}
      <p class="visually-hidden" role="status">${board?.said}</p>
    </div>`;
  }

  #empty(): TemplateResult {
    const { state } = this.#phone;
    const coming = state?.identity || state?.connection.status === 'connecting';
    return html`<p class="empty muted">${this.text(coming ? 'connecting' : 'notConnected')}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-operator-panel': OzekiOperatorPanel;
  }
}
