import { html, nothing, type TemplateResult } from 'lit';
import type { PhoneCall } from '../../phone/state.js';
import { avatarStyles } from '../common/avatar.styles.js';
import { controls } from '../common/controls.styles.js';
import { icon } from '../common/icons.js';
import { Lazy } from '../common/lazy.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { property } from '../common/property.js';
import { PhoneController } from '../common/phone-controller.js';
import { Ticker } from '../common/ticker.js';
import { tokens } from '../common/tokens.styles.js';
import { hangUp } from './call-commands.js';
import { headWord, isIncoming, stateDot, stateWords, timer, who, type CallView } from './call-view.js';
import { controlsView } from './controls.js';
import { heroView } from './hero.js';
import { incomingView } from './incoming.js';
import { callStyles } from './ozeki-call.styles.js';
import { Panels } from './panels.js';
import type { VideoStage } from './stage/video-stage.js';

export type * from './call-events.js';
export type * from './transfer-event.js';

/**
 * @customElement
 * @tagname ozeki-call
 * @summary One call: who, how long, and everything that can be done with it.
 *
 * Shows the selected call of its phone, or the one named by `call-id`, and a strip for each other call. The
 * panels (keypad, transfer, forward) and the video stage are loaded when they are first needed.
 *
 * @attr {string} call-id - The call to show; without it the selected one.
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @event {OzekiAcceptRequestEvent} ozeki-accept-request - Before a ringing call is accepted; cancelable.
 * @event {OzekiHangUpRequestEvent} ozeki-hang-up-request - Before a call is hung up or rejected; cancelable.
 * @event {OzekiTransferRequestEvent} ozeki-transfer-request - Before a call is transferred; cancelable.
 *
 * @slot empty - Shown while there is no call, instead of the kit's own words.
 *
 * @csspart base - The card.
 * @csspart bar - The head line: state and quality.
 * @csspart quality - Bars, a word and the mean opinion score.
 * @csspart strip - Another call: held, or waiting.
 * @csspart strip-action - A button in a strip.
 * @csspart hero - Who, number, state and timer.
 * @csspart avatar - The initial in a circle.
 * @csspart name - The name of the other party.
 * @csspart number - Its number.
 * @csspart state - The pill with the state and the timer.
 * @csspart reason - Why the call ended.
 * @csspart notice - A sentence about the call.
 * @csspart notice-action - The button in a notice.
 * @csspart controls - The grid of round controls.
 * @csspart control - One round control with its label.
 * @csspart accept - The button that accepts.
 * @csspart accept-video - The button that accepts with the camera on.
 * @csspart reject - The button that rejects.
 * @csspart forward - The button that opens the forward panel.
 * @csspart hang-up - The button that ends the call.
 * @csspart call-again - The button that calls the same number after the end.
 * @csspart dismiss - The button that takes an ended call away.
 * @csspart panel - An open panel: keypad, transfer, add or forward.
 * @csspart key - A key of the keypad.
 * @csspart stage - The video stage.
 * @csspart remote-video - The other party's picture.
 * @csspart self-view - One's own picture.
 * @csspart icon - Every icon.
 *
 * @cssproperty [--ozeki-color-surface=light-dark(#fff, #15171c)] - The card.
 * @cssproperty [--ozeki-color-surface-raised=light-dark(#f4f5f7, #1e2128)] - Round controls, pills.
 * @cssproperty [--ozeki-color-text=light-dark(#14171c, #f1f3f7)] - Text, and pressed controls.
 * @cssproperty [--ozeki-color-text-muted=light-dark(#5b6472, #a2abb9)] - Numbers and labels.
 * @cssproperty [--ozeki-color-border=light-dark(#d7dce3, #383e4a)] - Lines.
 * @cssproperty [--ozeki-color-accent=light-dark(#1d5bd0, #8ab0ff)] - The avatar and the focus ring.
 * @cssproperty [--ozeki-color-positive=light-dark(#13753c, #4cc783)] - Accept.
 * @cssproperty [--ozeki-color-negative=light-dark(#c4272e, #ff7a78)] - Hang up, reject.
 * @cssproperty [--ozeki-color-warning=light-dark(#8a5800, #f0b53a)] - Ringing, held, notices.
 * @cssproperty [--ozeki-color-on-strong=light-dark(#fff, #0d1016)] - Text on strong colours.
 * @cssproperty [--ozeki-size-control=44px] - The height of buttons.
 * @cssproperty [--ozeki-size-round-control=52px] - The round controls.
 * @cssproperty [--ozeki-size-hero=256px] - The least height of who it is, or of an open panel.
 * @cssproperty [--ozeki-size-stage=420px] - The height of the video stage.
 *
 * @cssstate empty - There is no call.
 * @cssstate ringing - The call rings, here or there.
 * @cssstate active - The call was answered and is not over.
 * @cssstate held - It is on hold, by either side.
 * @cssstate muted - The microphone is muted.
 * @cssstate video - The video stage is shown.
 * @cssstate ended - The call is over, its reason is shown.
 */
export class OzekiCall extends OzekiElement {
  static override readonly styles = [tokens, controls, avatarStyles, callStyles];

  /** The id of the call to show; empty for the selected one. */
  @property({ attribute: 'call-id' }) callId = '';

  readonly #phone = new PhoneController(this, (state, phone) => {
    const { remote, local } = phone.pictures(this.#call?.id ?? '');
    return [state, remote, local];
  });
  readonly #panels = new Panels(this);
  readonly #extras = new Lazy(this, () => import('./extras/extras.js'));
  readonly #video = new Lazy(this, () => import('./stage/video-stage.js'));
  #stage: VideoStage | null = null;
  /** The problem that was read and put away. */
  #dismissed = 0;
  #shownId = '';
  #hadFocus = false;
  /** The stage while it is shown. */
  #picture: VideoStage | null = null;

  constructor() {
    super();
    new Ticker(this, () => !!this.#phone.state?.calls.some((call) => call.state !== 'ended'));
    this.addEventListener('keydown', (event) => {
      const { kind } = this.#panels;
      if (event.key !== 'Escape' || !kind) return;
      event.stopPropagation();
      void this.#panels.toggle(kind);
    });
  }

  /** Focuses the first control; a call never takes the focus by itself. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('button')?.focus(options);
  }

  get #call(): PhoneCall | undefined {
    const state = this.#phone?.state;
    const id = this.callId || state?.selectedCallId;
    return state?.calls.find((call) => call.id === id) ?? (this.callId ? undefined : state?.calls[0]);
  }

  protected override willUpdate(): void {
    const call = this.#call;
    // A panel belongs to one call in one phase.
    const phase = call ? `${call.id} ${call.state}` : '';
    if (phase !== this.#shownId) this.#panels.reset();
    this.#shownId = phase;
    this.#hadFocus = !!this.shadowRoot?.activeElement;
    // The words for an end are at hand before it comes, and perhaps takes the network with it.
    if (call?.quality) this.problem('error');
    this.#picture = call && !this.#phone.state?.following && wantsStage(call) ? this.#showStage() : null;
    const { state, heldLocally, heldRemotely, muted } = call ?? NO_CALL;
    const active = state === 'active';
    const states = {
      empty: !call,
      ringing: state === 'ringing',
      active,
      held: active && (heldLocally || heldRemotely),
      muted: active && muted,
      ended: state === 'ended',
      video: !!this.#picture,
    };
    for (const [name, on] of Object.entries(states)) this.setState(name, on);
  }

  protected override updated(): void {
    // The control that had the focus is gone: the name is a harmless place to go on from.
    if (this.#hadFocus && !this.shadowRoot?.activeElement)
      this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    const told: string[] = [];
    // One region for good: of one that comes with its words, nothing would be told.
    return html`${this.#card(told)}${this.#live(told)}`;
  }

  #card(told: string[]): TemplateResult {
    const { phone, state } = this.#phone;
    const call = this.#call;
    const { text } = this;
    if (!phone || !state || !call) return this.#empty();
    const view: CallView = {
      host: this,
      phone,
      state,
      call,
      text,
      language: this.language.code,
      problem: (code, otherwise) => this.problem(code, otherwise),
    };
    const others = state.calls.filter((other) => other.id !== call.id && other.state !== 'ended');
    const extras = others.length || isSpecial(view) ? this.#extras.get() : null;
    const said = extras?.notices(view, this.#dismissed, (id) => {
      this.#dismissed = id;
      this.requestUpdate();
    });
    const failed = this.#panels.failed || this.#video.failed || this.#extras.failed;
    const sentences = html`${failed ? html`<p class="notice" part="notice">${text('notLoaded')}</p>` : nothing}
    ${said && extras?.noticesView(said)}`;
    const over = call.state === 'ended';
    const spoken = (one: PhoneCall) => stateWords(one, text) && `${stateWords(one, text)} ${who(one, text)}`;
    told.push(
      spoken(call),
      call.endReason ? this.problem(call.endReason, this.text('callEnded')) : '',
      ...others.filter(isIncoming).map(spoken),
      ...(said ?? []).map((notice) => notice.text),
      failed ? text('notLoaded') : '',
    );
    return html`<div
      class=${this.#picture ? 'base video' : 'base'}
      part="base"
      role="group"
      aria-label=${text('call')}
    >
      ${this.#bar(view, extras?.qualityView(view))} ${extras?.stripsView(view, others, this.#panels)}
      ${
        isIncoming(call)
          ? incomingView(view, this.#panels, sentences, this.#panel(view, nothing))
          : html`<div class=${over ? 'card done' : 'card'}>
              <div class=${this.#panels.kind ? 'top covered' : 'top'}>
                ${
                  this.#picture
                    ? this.#picture.render(view, sentences, !said?.length)
                    : heroView(view, sentences)
                }
                ${this.#panel(view, sentences)}
              </div>
              <div class="actions">
                ${over ? extras?.afterView(view) : [controlsView(view, this.#panels), this.#end(view)]}
              </div>
            </div>`
      }
    </div>`;
  }

  #showStage(): VideoStage | null {
    const module = this.#video.get();
    return module && (this.#stage ??= new module.VideoStage(this));
  }

  #bar(view: CallView, quality: unknown): TemplateResult {
    const { call, text, state } = view;
    const linked = state.connection.status === 'connected';
    const up = call.state === 'active';
    // An open panel covers who it is and how long: the head line says it then.
    const title = this.#panels.kind
      ? html`<b class="clip">${who(call, text)}</b> <span class="number">${timer(call, text)}</span>`
      : html`<b>${text(linked ? headWord(call) : 'reconnecting')}</b>`;
    const dot = !linked ? 'ringing' : up ? 'busy' : stateDot(call);
    return html`<div class="bar" part="bar">
      <span class="dot ${dot}"></span>${title}<span class="fill"></span>${quality}
    </div>`;
  }

  #panel(view: CallView, said: unknown): TemplateResult | typeof nothing {
    const content = this.#panels.panel?.render(view);
    return content ? html`<div class="panel" part="panel">${said}${content}</div>` : nothing;
  }

  #end(view: CallView): TemplateResult {
    return html`<button class="button negative wide" part="hang-up" @click=${() => hangUp(view, view.call)}>
      ${icon('end')}<span class="label">${view.text('hangUp')}</span>
    </button>`;
  }

  #empty(): TemplateResult {
    const status = this.#phone.state?.connection.status ?? 'signed-out';
    const { text } = this;
    const words =
      status === 'connected'
        ? text('noCallHint')
        : status === 'connecting'
          ? text('connecting')
          : status === 'signed-out' || status === 'refused'
            ? text('noPhone')
            : text('reconnecting');
    return html`<div class="base" part="base" role="group" aria-label=${text('call')}>
      <div class="empty">
        <slot name="empty">
          <span class="avatar quiet" part="avatar">${icon('phone')}</span>
          <h2 part="name" tabindex="-1">${text('noCall')}</h2>
          <p class="muted">${words}</p>
        </slot>
      </div>
    </div>`;
  }

  /** What assistive technology tells when it changes: each sentence by itself, and no timer. */
  #live(sentences: readonly string[]): TemplateResult {
    return html`<p class="visually-hidden" role="status" aria-atomic="false">
      ${sentences.map((sentence) => html`<span>${sentence}</span> `)}
    </p>`;
  }
}

/** What counts while there is no call. */
const NO_CALL = { state: '', heldLocally: false, heldRemotely: false, muted: false };

/** Whether there is a picture to show or to send. */
function wantsStage(call: PhoneCall): boolean {
  const { state, camera, remoteVideo } = call;
  return state !== 'ended' && !isIncoming(call) && (remoteVideo || camera === 'on' || camera === 'starting');
}

/** Whether there is more to show than a plain call has. */
function isSpecial({ call, state }: CallView): boolean {
  return !!(
    call.quality ||
    call.transfer ||
    call.state === 'ended' ||
    state.problem ||
    state.following ||
    /^(interrupted|failed)$/.test(call.media) ||
    /^(refused|absent|in-use)$/.test(call.camera)
  );
}
