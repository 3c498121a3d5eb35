import { html, nothing, type TemplateResult } from 'lit';
import type { PhoneHandle } from '../../phone/handle.js';
import type { ProblemCode } from '../../phone/state.js';
import { askForPhone, providers } from '../common/context.js';
import { controls } from '../common/controls.styles.js';
import { OzekiDialEvent } from '../common/dial-event.js';
import { icon } from '../common/icons.js';
import { Lazy } from '../common/lazy.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { property, state } from '../common/property.js';
import { Ticker } from '../common/ticker.js';
import { tokens } from '../common/tokens.styles.js';
import type { ButtonCall } from './button-call.js';
import { callButtonStyles } from './ozeki-call-button.styles.js';

export type * from '../common/dial-event.js';

const PHASES = ['idle', 'connecting', 'calling', 'active', 'ended'] as const;

/** Where the button is with its call. */
export type CallButtonPhase = (typeof PHASES)[number];

/**
 * @customElement
 * @tagname ozeki-call-button
 * @summary Click to call, for web sites: visitors phone a company through one of its outside lines, without signing in.
 *
 * Nothing is loaded or connected before the click. The call is shown in place: the button hangs up, beside it stand
 * the state, the timer and what can be done. Inside an `<ozeki-client>`, or with `client="id"`, it calls with that
 * phone instead of a connection of its own.
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to call with.
 *
 * @slot - What the button says; "Call" without it.
 *
 * @event {OzekiDialEvent} ozeki-dial - Somebody wants to call; `detail` has `number` and `video`. Bubbles; `preventDefault()` keeps the element from it.
 *
 * @csspart base - Everything: the button and, in a call, what stands beside it.
 * @csspart button - The button: calls, and hangs up.
 * @csspart state - The state and the timer.
 * @csspart message - Why it did not work, or why the call is over.
 * @csspart control - A round control: mute, keypad.
 * @csspart keypad - The panel with the keys.
 * @csspart keys - The grid of keys.
 * @csspart key - A key.
 * @csspart picture - The panel with the pictures of a video call.
 * @csspart remote-video - The other party's picture.
 * @csspart self-view - One's own picture.
 * @csspart icon - Every icon.
 *
 * @cssproperty [--ozeki-color-surface=light-dark(#fff, #15171c)] - Background in a call.
 * @cssproperty [--ozeki-color-text=light-dark(#14171c, #f1f3f7)] - Text.
 * @cssproperty [--ozeki-color-border=light-dark(#d7dce3, #383e4a)] - Lines.
 * @cssproperty [--ozeki-color-positive=light-dark(#13753c, #4cc783)] - Call.
 * @cssproperty [--ozeki-color-negative=light-dark(#c4272e, #ff7a78)] - Hang up.
 * @cssproperty [--ozeki-color-on-strong=light-dark(#fff, #0d1016)] - Text on these.
 * @cssproperty [--ozeki-size-control=44px] - The height of the button.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate idle - Nobody is called.
 * @cssstate connecting - It connects, and asks for the microphone.
 * @cssstate calling - The other side is called, or rings.
 * @cssstate active - People talk.
 * @cssstate ended - The call is over, or did not come about; why is shown.
 */
export class OzekiCallButton extends OzekiElement {
  static override styles = [tokens, controls, callButtonStyles];
  static override shadowRootOptions = { ...OzekiElement.shadowRootOptions, delegatesFocus: true };

  /** Whom to call; may be empty where the outside line rings somebody by itself. */
  @property() number = '';
  /** The token of the outside line (`outsideLines` of the phone system) that the call comes in by. */
  @property() line = '';
  /** Where the page's own back end answers `{"token": "…"}`, in place of `line`. */
  @property({ attribute: 'token-url' }) tokenUrl = '';
  /** The phone system, as of `<ozeki-client>`. Without it the one this script was loaded from. */
  @property() server = '';
  /** Call with the camera on. */
  @property({ type: Boolean }) video = false;

  /** What keeps a call from being tried, or kept the last one. */
  @state() private problemCode: ProblemCode | null = null;
  readonly #module = new Lazy(this, () => import('./button-call.js'));
  #call: ButtonCall | null = null;
  /** The part that calls is on its way. */
  #waiting = false;

  constructor() {
    super();
    new Ticker(this, () => this.phase === 'active');
  }

  /** Where the button is with its call. */
  get phase(): CallButtonPhase {
    if (this.#waiting) return 'connecting';
    return this.#call?.phase ?? (this.problemCode || this.#module.failed ? 'ended' : 'idle');
  }

  /** Calls, as a click does. */
  async dial(): Promise<void> {
    if (this.#busy) return;
    const { number, video } = this;
    if (!this.dispatchEvent(new OzekiDialEvent({ number, video }))) return;
    const phone = this.#phone;
    this.#call?.end();
    this.#call = null;
    this.problemCode = null;
    if (!phone && !this.line && !this.tokenUrl) {
      console.warn(this, 'Name an outside line by line="…", or a client by client="id".');
      this.problemCode = 'unauthorized';
      return;
    }
    // Known before anything is connected, and nobody's phone rings in vain.
    if (!isSecureContext) {
      this.problemCode = 'insecure-context';
      return;
    }
    this.#waiting = true;
    this.requestUpdate();
    await this.#module.load();
    const wanted = this.#waiting && this.isConnected;
    this.#waiting = false;
    const { module } = this.#module;
    if (!module || !wanted) return;
    const { server, line, tokenUrl } = this;
    this.#call = new module.ButtonCall(this, this.text, { phone, server, line, tokenUrl, number, video });
    await this.#call.start();
  }

  /** Ends the call. */
  hangUp(): void {
    this.#waiting = false;
    this.#call?.hangUp();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // When it is only being moved, it is back by then.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#call?.end();
      this.#call = null;
    });
  }

  get #busy(): boolean {
    const { phase } = this;
    return phase !== 'idle' && phase !== 'ended';
  }

  /** The phone of the client around it, or of the one it names. */
  get #phone(): PhoneHandle | null {
    return this.client ? (providers.find(this.client)?.phone ?? null) : askForPhone(this);
  }

  protected override willUpdate(): void {
    for (const one of PHASES) this.setState(one, one === this.phase);
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const call = this.#call;
    const busy = this.#busy;
    const code = call?.problem ?? this.problemCode;
    const told = this.#module.failed ? text('notLoaded') : code ? this.problem(code) : '';
    const state = this.#waiting ? text('connecting') : (call?.words ?? '');
    const spoken = state || text('inCall');
    return html`<div class=${busy ? 'base on' : 'base'} part="base">
      <button
        type="button"
        class="button ${busy ? 'negative' : 'positive'}"
        part="button"
        @click=${this.#click}
      >
        ${icon(busy ? 'end' : this.video ? 'camera' : 'phone')}
        <span class=${busy ? 'visually-hidden' : ''}
          >${busy ? text('hangUp') : html`<slot>${text(this.video ? 'videoCall' : 'call')}</slot>`}</span
        >
      </button>
      ${
        busy
          ? html`<span class="state" part="state"
              >${state} <span class="number">${call?.timer ?? ''}</span></span
            >`
          : nothing
      }
      ${busy ? call?.controls() : nothing}
      ${told && !busy ? html`<span class="message" part="message">${told}</span>` : nothing}
      <span class="visually-hidden" role="status">${busy ? spoken : told}</span>
    </div>`;
  }

  #click({ detail }: MouseEvent): void {
    // The second click of a double click would hang up.
    if (detail > 1) return;
    if (this.#busy) this.hangUp();
    else void this.dial();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-call-button': OzekiCallButton;
  }
}
