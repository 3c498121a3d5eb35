import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneCall } from '../../phone/state.js';
import { avatarStyles } from '../common/avatar.styles.js';
import { controls } from '../common/controls.styles.js';
import { goOnAtTitle } from '../common/go-on.js';
import { icon } from '../common/icons.js';
import { optional } from '../common/optional.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { property } from '../common/property.js';
import { run } from '../common/run.js';
import { TargetPicker, targetPickerStyles } from '../common/target-picker.js';
import { Ticker } from '../common/ticker.js';
import { tokens } from '../common/tokens.styles.js';
import { OzekiAcceptRequestEvent, OzekiHangUpRequestEvent } from '../ozeki-call/call-events.js';
import { isIncoming, numberOf, timer, who } from '../ozeki-call/call-view.js';
import { speakIncoming } from '../text/en-incoming.js';
import { DesktopNotices, mayAskForNotices } from './desktop-notices.js';
import { isTheWindow, join } from './one-window.js';
import { styles } from './ozeki-incoming-call.styles.js';

export type * from '../ozeki-call/call-events.js';

speakIncoming();

/**
 * @customElement
 * @tagname ozeki-incoming-call
 * @summary Calls that ring, in a corner above everything else on the page: accept, accept with video, reject,
 * forward, ignore. Nothing is shown while none does.
 *
 * It rings on the chosen ringer (see `<ozeki-device-settings>`). Ignored, a call is silent and hidden here, and
 * rings on elsewhere; `<ozeki-call>` can still accept it. Of several such tags with one phone the first shows the
 * calls, and none does while an `<ozeki-call>` of that phone is in view: a call has one window.
 *
 * While the page cannot be seen, a desktop notification stands in, once the person allowed it by the button that
 * is offered here or by `askForNotices` from a click. A click on it brings the page to the front.
 *
 * It is no `alertdialog`: that role promises a dialog which takes the focus, and who is typing would answer a call
 * with the next blank. It is a region that is announced at once, and that keeps out of the way of the focus; from
 * inside it, Escape ignores the call. Hotkeys are the client's (`hotkeys`).
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @event {OzekiAcceptRequestEvent} ozeki-accept-request - Before a ringing call is accepted; cancelable.
 * @event {OzekiHangUpRequestEvent} ozeki-hang-up-request - Before a ringing call is rejected; cancelable.
 *
 * @csspart base - The window.
 * @csspart call - One ringing call in it.
 * @csspart avatar - The initial in a circle.
 * @csspart name - Who calls.
 * @csspart number - The number, and the line it came by.
 * @csspart accept - The button that accepts.
 * @csspart accept-video - The button that accepts with the camera on.
 * @csspart reject - The button that rejects.
 * @csspart forward - The button that opens the number to forward to.
 * @csspart ignore - The button that silences and hides.
 * @csspart panel - The number to forward to.
 * @csspart notice - What went wrong.
 * @csspart notify - The button that asks for desktop notifications.
 * @csspart icon - An icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Names.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Numbers.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - Avatar, links and the focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - Accept.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - Reject.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - The pulse.
 * @cssproperty [--ozeki-incoming-offset=16px] - How far from the corner of the page.
 * @cssproperty [--ozeki-size-control=44px] - Height of the buttons.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the window.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate ringing - A call is shown.
 */
export class OzekiIncomingCall extends OzekiElement {
  static override readonly styles = [tokens, controls, avatarStyles, targetPickerStyles, styles];

  /** Stands in its place on the page, and not in a corner above everything. */
  @property({ type: Boolean, reflect: true }) inline = false;

  readonly #phone = new PhoneController(this, ({ calls, capabilities, extensions, problem }) => [
    calls,
    capabilities,
    extensions,
    problem,
  ]);
  readonly #notices = new DesktopNotices(this);
  #leave: (() => void) | undefined;
  /** The calls that are shown. */
  #ringing: readonly PhoneCall[] = [];
  /** The call whose number to forward to is being asked for. */
  #forwarding = '';
  #picker = this.#newPicker();
  /** Where the focus was before it came here. */
  #before: HTMLElement | null = null;
  #hadFocus = false;

  constructor() {
    super();
    new Ticker(this, () => this.#calls().length > 0);
    this.addEventListener('focusin', (event) => {
      if (event.relatedTarget instanceof HTMLElement) this.#before = event.relatedTarget;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leave = join(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  /** Focuses the first button; a call never takes the focus by itself. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  /** Has the browser ask for desktop notifications; call it from a click. */
  askForNotices(): Promise<void> {
    return this.#notices.ask();
  }

  /** The calls that ring, and are not ignored. */
  #calls(): readonly PhoneCall[] {
    return (this.#phone?.state?.calls ?? []).filter((call) => isIncoming(call) && !call.ignored);
  }

  protected override willUpdate(): void {
    const { phone } = this.#phone;
    const calls = this.#calls();
    this.#ringing = phone && calls.length && isTheWindow(this, phone) ? calls : [];
    if (!this.#ringing.some(({ id }) => id === this.#forwarding)) this.#forwarding = '';
    this.#hadFocus = !!this.shadowRoot?.activeElement;
    this.setState('ringing', this.#ringing.length > 0);
    // A card in view shows the call to nobody while the page cannot be seen.
    const first = phone && (document.visibilityState === 'hidden' || this.#ringing.length);
    this.#notices.show(new Map(first ? calls.map((call) => [call.id, this.#words(call)]) : []));
  }

  protected override updated(): void {
    const base = this.renderRoot.querySelector<HTMLElement>('.base');
    // Above everything on the page, whatever its `z-index`.
    if (base?.popover && !base.matches(':popover-open')) base.showPopover();
    if (this.#hadFocus && !this.shadowRoot?.activeElement) {
      if (base) this.focus();
      else this.#goBack();
    }
  }

  /** The focus goes where it was before; in a tag, that takes it only inside, to its title. */
  #goBack(): void {
    const place = this.#before;
    place?.focus();
    if (!place?.matches(':focus-within')) goOnAtTitle(place?.shadowRoot ?? null);
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const calls = this.#ringing;
    return html`${
        calls.length
          ? html`<section
              class="base"
              part="base"
              .popover=${this.inline ? null : 'manual'}
              aria-label=${text('ringingCalls')}
              @keydown=${this.#key}
            >
              ${repeat(
                calls,
                ({ id }) => id,
                (call) => this.#call(call),
              )}
              ${
                mayAskForNotices()
                  ? html`<button
                      type="button"
                      class="notify link"
                      part="notify"
                      @click=${() => void this.askForNotices()}
                    >
                      ${icon('bell')}${text('notifyMe')}
                    </button>`
                  : nothing
              }
            </section>`
          : nothing
      }
      <p class="said" role="alert">${calls.map((call) => html`<span>${this.#words(call)}</span> `)}</p>`;
  }

  #words(call: PhoneCall): string {
    const number = numberOf(call);
    return this.text('callFrom', `${who(call, this.text)}${number && ` ${number}`}`, call.line);
  }

  #call(call: PhoneCall): TemplateResult {
    const { text } = this;
    const state = this.#phone.state!;
    const phone = this.#phone.phone!;
    const name = who(call, text);
    const [initial = ''] = name;
    const usable = !call.pending;
    const { problem } = state;
    // With several calls each button says whom.
    const labelled = (word: string) => (this.#ringing.length > 1 ? `${word} ${name}` : word);
    const take = (video: boolean) => () => {
      if (usable && this.dispatchEvent(new OzekiAcceptRequestEvent(call.id, video)))
        run(phone.accept(call.id, { video }));
    };
    const disabled = optional(!usable && 'true');
    return html`<div class="call" part="call" role="group" aria-label=${name} data-call=${call.id}>
      <span class="avatar waits" part="avatar" aria-hidden="true">${initial.toUpperCase()}</span>
      <div class="who">
        <h2 part="name">${name}</h2>
        <p class="muted" part="number">
          <span class="number">${numberOf(call)}</span>
          ${call.line ? html`${numberOf(call) && '· '}${text('outsideLine')} ${call.line}` : nothing} ·
          <span class="number">${timer(call, text)}</span>
        </p>
      </div>
      ${
        problem?.callId === call.id
          ? html`<p class="notice" part="notice" role="status">${this.problem(problem.code)}</p>`
          : nothing
      }
      <div class="decide">
        <button
          type="button"
          class="button positive fill"
          part="accept"
          aria-label=${labelled(text('accept'))}
          aria-disabled=${disabled}
          @click=${take(false)}
        >
          ${icon('phone')}${text('accept')}
        </button>
        <button
          type="button"
          class="button plain round"
          part="accept-video"
          aria-label=${labelled(text('acceptVideo'))}
          title=${text('acceptVideo')}
          aria-disabled=${disabled}
          @click=${take(true)}
        >
          ${icon('camera')}
        </button>
        <button
          type="button"
          class="button negative fill"
          part="reject"
          aria-label=${labelled(text('reject'))}
          @click=${() => {
            if (this.dispatchEvent(new OzekiHangUpRequestEvent(call.id))) run(phone.reject(call.id));
          }}
        >
          ${icon('end')}${text('reject')}
        </button>
      </div>
      <div class="more">
        ${
          state.capabilities?.forward
            ? html`<button
                type="button"
                class="link"
                part="forward"
                aria-label=${labelled(text('forward'))}
                aria-expanded=${this.#forwarding === call.id}
                @click=${() => void this.#openForward(this.#forwarding === call.id ? '' : call.id)}
              >
                ${icon('forward')}${text('forward')}
              </button>`
            : nothing
        }
        <button
          type="button"
          class="link"
          part="ignore"
          aria-label=${labelled(text('ignore'))}
          @click=${() => phone.ignore(call.id)}
        >
          ${icon('close')}${text('ignore')}
        </button>
      </div>
      ${this.#forwarding === call.id ? this.#forward(call) : nothing}
    </div>`;
  }

  #forward(call: PhoneCall): TemplateResult {
    const { text } = this;
    return html`<form
      class="panel"
      part="panel"
      novalidate
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const to = this.#picker.take();
        if (to) run(this.#phone.phone!.forward(call.id, to));
        else this.renderRoot.querySelector<HTMLElement>('.panel input')?.focus();
      }}
    >
      ${this.#picker.field(text)}
      <button type="submit" class="button">${text('forwardNow')}</button>
      ${this.#picker.list(this.#phone.state!, text)}
    </form>`;
  }

  #newPicker(): TargetPicker {
    return new TargetPicker(() => this.requestUpdate());
  }

  async #openForward(id: string): Promise<void> {
    const from = id || this.#forwarding;
    this.#forwarding = id;
    this.#picker = this.#newPicker();
    this.requestUpdate();
    await this.updateComplete;
    const call = [...this.renderRoot.querySelectorAll('.call')].find(
      (one) => (one as HTMLElement).dataset.call === from,
    );
    call?.querySelector<HTMLElement>(id ? '.panel input' : '[part=forward]')?.focus();
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    const id = (event.target as HTMLElement).closest<HTMLElement>('.call')?.dataset.call;
    if (this.#forwarding) void this.#openForward('');
    else if (id) this.#phone.phone?.ignore(id);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-incoming-call': OzekiIncomingCall;
  }
}
