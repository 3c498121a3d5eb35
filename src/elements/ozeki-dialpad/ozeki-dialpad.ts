import { html, nothing } from 'lit';
import type { PhoneError } from '../../phone/handle.js';
import { normaliseNumber } from '../../phone/number.js';
import type { PhoneCall, ProblemCode } from '../../phone/state.js';
import { controls } from '../common/controls.styles.js';
import { OzekiDialEvent } from '../common/dial-event.js';
import { isKey, keyGrid, keyOf, keyStyles } from '../common/keys.js';
import { icon } from '../common/icons.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { property, state } from '../common/property.js';
import { PhoneController } from '../common/phone-controller.js';
import { run } from '../common/run.js';
import { tokens } from '../common/tokens.styles.js';
import { styles } from './ozeki-dialpad.styles.js';

export type * from '../common/dial-event.js';

/** From here on a press is a long one, in milliseconds. */
const LONG_PRESS = 500;
/** How long a key stays lit: as long as its tone sounds, in milliseconds. */
const LIT = 160;
/** What the key that erases is worth: the name of the one on a keyboard. */
const ERASE = 'Backspace';

/**
 * @customElement
 * @tagname ozeki-dialpad
 * @summary A dialpad: a number by keys, keyboard or paste, and a call or video call to it. During a call its
 * keys send tones.
 *
 * A long press on 0 gives `+`, one on the erase key clears. An empty number brings back the last one dialled.
 * In a form it takes part as a text field does, by `name` and `value`.
 *
 * @attr {boolean} disabled - Neither edits nor calls.
 *
 * @event {OzekiDialEvent} ozeki-dial - Somebody wants to call; `detail` has `number` and `video`. Bubbles; `preventDefault()` keeps the dialpad from dialling.
 * @event input - The number was edited. Bubbles.
 *
 * @csspart base - The card.
 * @csspart status - The line on top.
 * @csspart input - The number field.
 * @csspart erase - The key that erases.
 * @csspart keys - The grid of keys.
 * @csspart key - A key.
 * @csspart call-button - The wide button that calls.
 * @csspart video-button - The round button that calls with video.
 * @csspart message - Why something cannot be done.
 * @csspart icon - An icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - Keys.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Text.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Letters, the state.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - The line under the number, a lit key, the focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - The call button.
 * @cssproperty [--ozeki-color-on-strong=#fff / #0d1016] - Text on the call button.
 * @cssproperty [--ozeki-size-key=58px] - Height of a key.
 * @cssproperty [--ozeki-size-control=44px] - Height of the other controls.
 * @cssproperty [--ozeki-radius-m=12px] - Corners of the keys.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate connected - The phone can call.
 * @cssstate in-call - The keys send tones.
 */
export class OzekiDialpad extends OzekiElement {
  static override styles = [tokens, controls, keyStyles, styles];
  static override shadowRootOptions = { ...OzekiElement.shadowRootOptions, delegatesFocus: true };
  static readonly formAssociated = true;

  /** The number, as it is dialled. The attribute is what a form resets it to. */
  @property()
  get value(): string {
    return this.#value;
  }
  set value(value: string | null) {
    this.#value = normaliseNumber((value ?? '').replace(/^\s*(tel|sips?):/i, '')) ?? this.#value;
    this.internals.setFormValue(this.#value);
  }
  #value = '';

  /** Its name in a form. */
  @property({ reflect: true }) name = '';
  /** Neither edits nor calls. The browser says when it applies, by this attribute or by a fieldset around it. */
  @property({ attribute: false })
  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }
  set disabled(disabled: boolean) {
    this.toggleAttribute('disabled', disabled);
  }
  /** No button for video calls. */
  @property({ type: Boolean, attribute: 'no-video' }) noVideo = false;

  @state() private off = false;
  /** The key that lights. */
  @state() private lit = '';
  /** The tones of this call, for the eye. */
  @state() private sent = '';
  /** What could not be done: a problem, or true for the reason why calling is off. */
  @state() private failure: ProblemCode | boolean = false;

  readonly #phone = new PhoneController(this, ({ connection, identity }) => {
    const call = this.#call();
    return [connection.status, identity, call?.id, call?.state];
  });
  #lastDialled = '';
  #toneCall: string | undefined;
  /** What the pointer did before its click: the key sounded already, or was held long enough to act. */
  #pointer: '' | 'down' | 'held' = '';
  #holding: ReturnType<typeof setTimeout> | undefined;
  #unlight: ReturnType<typeof setTimeout> | undefined;

  private get input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }

  /** The form this belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** @internal */
  formResetCallback(): void {
    this.value = this.getAttribute('value');
  }

  /** @internal */
  formStateRestoreCallback(value: string): void {
    this.value = value;
  }

  /** @internal */
  formDisabledCallback(disabled: boolean): void {
    this.off = disabled;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
    clearTimeout(this.#unlight);
    this.lit = '';
  }

  /** The call that is in the way of another one: being set up, or talking. One on hold is not. */
  #call(): PhoneCall | undefined {
    const state = this.#phone.state;
    return state?.calls.find(
      (call) =>
        call.id === state.selectedCallId &&
        (call.state === 'active'
          ? !call.heldLocally
          : call.direction === 'outgoing' && call.state !== 'ended'),
    );
  }

  /** The call whose far side hears the keys. */
  #talking(): PhoneCall | undefined {
    const call = this.#call();
    return call?.state === 'active' ? call : undefined;
  }

  /** Why nobody can be called now; empty when somebody can. */
  #obstacle(): 'notConnected' | 'callUnderWay' | 'enterNumber' | '' {
    const state = this.#phone.state;
    if (state?.connection.status !== 'connected') return 'notConnected';
    if (this.#call()) return 'callUnderWay';
    // A visitor's line has a default destination.
    return this.value || this.#lastDialled || state.identity?.kind === 'line' ? '' : 'enterNumber';
  }

  #dial(video: boolean): void {
    if (this.#obstacle()) {
      this.failure = true;
      return;
    }
    const number = this.value;
    if (!number && this.#lastDialled) {
      this.#edit(this.#lastDialled);
      return;
    }
    if (!this.dispatchEvent(new OzekiDialEvent({ number, video }))) return;
    this.#lastDialled = number;
    this.#edit('');
    this.#phone.phone!.dial(number, { video }).catch((error: PhoneError) => {
      this.value ||= number;
      this.failure = error.code ?? 'internal';
    });
  }

  /** A change of the number by the person. */
  #edit(value: string): void {
    this.value = value;
    this.failure = false;
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }

  /** Puts text in the place of the selection, or of the characters just before it. */
  #insert(text: string, instead = 0): void {
    const { input } = this;
    if (input.value !== this.value) input.value = this.value;
    const start = input.selectionStart ?? 0;
    const end = input.selectionEnd ?? 0;
    input.setRangeText(text, start === end ? Math.max(0, start - instead) : start, end, 'end');
    this.#edit(input.value);
  }

  /** A key was pressed, by whatever means. */
  #press(key: string): void {
    const call = this.#talking();
    const erases = key === ERASE;
    if (!call) this.#insert(erases ? '' : key, erases ? 1 : 0);
    else if (erases) this.sent = '';
    else {
      this.sent += key;
      run(this.#phone.phone!.sendDigits(call.id, key));
    }
  }

  /** Lights a key and, outside of calls, sounds it. */
  #sound(key: string): void {
    if (isKey(key) && !this.#talking()) this.#phone.phone?.playKey(key);
    this.lit = key;
    clearTimeout(this.#unlight);
    this.#unlight = setTimeout(() => (this.lit = ''), LIT);
  }

  #pointerDown(event: PointerEvent): void {
    const key = keyOf(event);
    this.#pointer = '';
    this.#release();
    if (event.button !== 0 || !key) return;
    this.#pointer = 'down';
    this.#sound(key);
    if (key !== ERASE && (key !== '0' || this.#talking())) return;
    this.#holding = setTimeout(() => {
      this.#pointer = 'held';
      if (key === '0') this.#insert('+');
      else if (this.#talking()) this.sent = '';
      else this.#edit('');
    }, LONG_PRESS);
  }

  #release(): void {
    clearTimeout(this.#holding);
  }

  #click(event: Event): void {
    const key = keyOf(event);
    const before = this.#pointer;
    this.#pointer = '';
    if (!key || before === 'held') return;
    // A click without a pointer comes from assistive technology.
    if (!before) this.#sound(key);
    this.#press(key);
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || this.off) return;
    const { input } = this;
    const inField = event.target === input;
    const onKey = keyOf(event);
    const typed = event.key === 'Enter' || event.key === ' ' ? onKey : event.key;
    const key = isKey(typed) || (onKey && typed === ERASE) ? typed : '';
    if (key && key !== ERASE && event.repeat) {
      event.preventDefault();
      const zero = key === '0' && input.value[(input.selectionStart ?? 0) - 1] === '0';
      if (zero && !this.#talking()) this.#insert('+', 1);
    } else if (key) {
      this.#sound(key);
      if (inField && !this.#talking()) return;
      event.preventDefault();
      this.#press(key);
    } else if (event.key === 'Enter' && inField) {
      event.preventDefault();
      this.#dial(false);
    }
  }

  /** The key down of a blank pressed the key already. */
  #keyUp(event: KeyboardEvent): void {
    if (event.key === ' ' && keyOf(event)) event.preventDefault();
  }

  #typed(): void {
    const { input } = this;
    const before = input.value.slice(0, input.selectionStart ?? undefined);
    this.value = input.value;
    this.failure = false;
    if (input.value === this.value) return;
    input.value = this.value;
    const caret = (normaliseNumber(before) ?? '').length;
    input.setSelectionRange(caret, caret);
  }

  protected override willUpdate(): void {
    const talking = this.#talking()?.id;
    if (talking !== this.#toneCall) this.sent = '';
    this.#toneCall = talking;
    const obstacle = this.#obstacle();
    if (this.failure === true && !obstacle) this.failure = false;
    this.setState('connected', obstacle !== 'notConnected');
    this.setState('in-call', !!talking);
  }

  protected override updated(): void {
    // Keys and typing change the field themselves: a binding would not know what is in it.
    const shown = this.#toneCall ? this.sent : this.value;
    if (this.input.value !== shown) this.input.value = shown;
  }

  protected override render(): unknown {
    const talking = !!this.#talking();
    const obstacle = this.#obstacle();
    const blocked = `${!!obstacle}` as const;
    const { failure, off } = this;
    const told = failure === true ? obstacle && this.text(obstacle) : failure && this.problem(failure);
    return html`<div class="base" part="base">
      ${this.#status(talking)}
      <div
        class="pad"
        @keydown=${this.#keyDown}
        @keyup=${this.#keyUp}
        @click=${this.#click}
        @pointerdown=${this.#pointerDown}
        @pointerup=${this.#release}
        @pointercancel=${this.#release}
        @pointerleave=${this.#release}
      >
        <div class="field">
          <input
            class="fill"
            type="tel"
            part="input"
            dir="ltr"
            autocomplete="off"
            aria-label=${this.text(talking ? 'tones' : 'number')}
            ?readonly=${talking}
            ?disabled=${off}
            @input=${this.#typed}
          />
          <button class="erase" part="erase" value=${ERASE} aria-label=${this.text('erase')} ?disabled=${off}>
            ${icon('erase')}
          </button>
        </div>
        ${keyGrid(this.lit, off)}
        <div class="row">
          <button
            class="button positive fill"
            part="call-button"
            aria-disabled=${blocked}
            aria-describedby="why"
            ?disabled=${off}
            @click=${() => this.#dial(false)}
          >
            ${icon('phone')} ${this.text('call')}
          </button>
          ${
            this.noVideo
              ? nothing
              : html`<button
                  class="button plain round"
                  part="video-button"
                  aria-label=${this.text('videoCall')}
                  aria-disabled=${blocked}
                  aria-describedby="why"
                  ?disabled=${off}
                  @click=${() => this.#dial(true)}
                >
                  ${icon('camera')}
                </button>`
          }
        </div>
        <span id="why" hidden>${obstacle && this.text(obstacle)}</span>
      </div>
      <p class="notice" part="message" role="status">${told || ''}</p>
    </div>`;
  }

  #status(talking: boolean): unknown {
    const state = this.#phone.state;
    const status = state?.connection.status;
    const ready = status === 'connected';
    const waiting = status === 'connecting' || status === 'reconnecting';
    const word = talking ? 'inCall' : ready ? 'ready' : waiting ? 'connecting' : 'offline';
    return html`<div class="bar" part="status">
      <span class="dot ${talking ? 'busy' : ready ? '' : 'offline'}"></span>
      <b class="number">${ready ? state?.identity?.number : nothing}</b>
      <span class="fill clip">${ready ? state?.identity?.name : nothing}</span>
      <span class="muted">${this.text(word)}</span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-dialpad': OzekiDialpad;
  }
}
