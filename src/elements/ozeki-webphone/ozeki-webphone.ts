import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PhoneHandle, SignIn } from '../../phone/handle.js';
import type { PhoneCall, PhoneState } from '../../phone/state.js';
import type { OzekiChatOpenEvent } from '../common/chat-open-event.js';
import { Lazy } from '../common/lazy.js';
import { run } from '../common/run.js';
import { PhoneController } from '../common/phone-controller.js';
import { property } from '../common/property.js';
import { Seen } from '../common/seen.js';
import { Ticker } from '../common/ticker.js';
import { OzekiClient } from '../ozeki-client/ozeki-client.js';
import { Columns } from './columns.js';
import type { Floating } from './floating/floating.js';
import { Follower } from './follower.js';
import { recall, remember } from './memory.js';
import { styles } from './ozeki-webphone.styles.js';
import { Panels, type TabTags } from './panels.js';
import { exportParts } from './parts.js';
import { callLine, isRinging, someLive, takesPlace } from './place.js';
import { moveInTabs, tabNames, TABS, tabView } from './tabs.js';

export type * from './floating/events.js';

/**
 * @customElement
 * @tagname ozeki-webphone
 * @summary The whole telephone in one tag: sign-in, keypad, calls, history, contacts, messages and
 * settings, in the page or, with `floating`, in a corner above it.
 *
 * It is an `<ozeki-client>`: what signs in and the phone itself are the same, and other tags may name it by
 * `client="id"`. Inside an `<ozeki-client>`, or with `client`, it shows that one's phone and signs nobody in.
 *
 * ```html
 * <ozeki-webphone server="pbx.example.com" floating></ozeki-webphone>
 * ```
 *
 * Narrow, one tab is shown at a time, and the call in the place of the keypad; from 640 px on, that place stands
 * beside the other tabs, and the list of calls opens there when there are two to swap or to merge. A call that rings has the window of `<ozeki-incoming-call>`, a call that is out of sight a
 * line that leads back to it. Tags are loaded when their tab is first opened.
 *
 * Floating, it is a button that says what it is about: a ringing call, the time of a call, missed calls, unread messages. A click
 * opens the phone; Escape or its own button closes it, and calls go on. It opens by itself when a call rings, and
 * does not take the focus then. Each window of the browser remembers whether it was open.
 *
 * @slot logo - Before who is signed in.
 * @slot header - After the state of the connection.
 * @slot (name) - What is shown in a tab of the page's own: that of this name in `tabs`. Its `aria-label` is the tab's.
 * @slot (name)-icon - The icon of such a tab.
 *
 * @attr {string} tabs - The tabs, in order: `keypad`, `history`, `contacts`, `messages`, `calls`, `settings`, and names of slots of the page's own.
 * @attr {string} corner - Where it floats: `bottom end`, `bottom start`, `top end` or `top start`.
 *
 * @event {OzekiOpenChangeEvent} ozeki-open-change - The floating phone was opened or closed; `open` says which. Does not bubble.
 * @event {OzekiConnectionChangeEvent} ozeki-connection-change - The connection changed; `detail` is its state. Does not bubble.
 * @event {OzekiIncomingCallEvent} ozeki-incoming-call - A call rings; `detail` is the call. Does not bubble.
 * @event {OzekiQualityWarningEvent} ozeki-quality-warning - A call was bad in 3 of the last 5 measurements, or has got better; `detail` has `callId` and `warnings`. Does not bubble.
 *
 * @csspart base - The card, or the button in the corner.
 * @csspart launcher - The button that opens the floating phone.
 * @csspart badge - How many calls were missed, or messages are unread.
 * @csspart voicemail - That there are new voice messages, and how many.
 * @csspart header - The head line.
 * @csspart close - The button that closes the floating phone.
 * @csspart notice - A message about the connection.
 * @csspart form - The sign-in form.
 * @csspart input - A field of the form.
 * @csspart button - A button of the form, or of a message.
 * @csspart call-line - The line that leads back to the call.
 * @csspart tabs - The list of tabs.
 * @csspart tab - A tab.
 * @csspart panel - What a tab shows.
 * @csspart language - The choice of a language.
 * @csspart sign-out - The button that signs out.
 * @csspart icon - Every icon.
 * @csspart (tag)__(part) - Every part of the tags inside: `call__hang-up`, `dialpad__key`, `call-history__row`.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Text.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Tabs and states.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - The chosen tab, the launcher, the focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - Calls.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - The badge.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - Ringing, messages.
 * @cssproperty [--ozeki-size-phone=576px] - The height of what a tab shows; it is less where the page gives less.
 * @cssproperty [--ozeki-floating-size=380px] - The width of the floating phone.
 * @cssproperty [--ozeki-floating-inline=16px] - How far it is from the side of the window.
 * @cssproperty [--ozeki-floating-block=16px] - How far it is from the top or bottom.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate signed-out - Nothing to connect with, or signed out.
 * @cssstate connecting - The first attempt is under way.
 * @cssstate connected - Signed in.
 * @cssstate reconnecting - The connection was lost and is being looked for.
 * @cssstate refused - The phone system does not take these credentials.
 * @cssstate failed - The phone system cannot be reached and is tried again.
 * @cssstate ringing - A call rings here.
 * @cssstate in-call - There is a call, and not only a ringing one.
 */
export class OzekiWebphone extends OzekiClient {
  static override styles = [...OzekiClient.styles, styles];

  /** Defines the tags of each tab. Set where this tag is defined; empty when the page defines all itself. */
  static tags: TabTags = {};

  /**
   * The tabs by name, in order, with blanks between them; empty for all of the kit's. Those are left out for which the
   * phone system has nothing: a SIP server has no history.
   */
  @property() tabs = '';
  /** The tab that is open; empty for the first. */
  @property() tab = '';
  /** Stands in a corner of the window, above the page. */
  @property({ type: Boolean, reflect: true }) floating = false;
  /** The floating phone is open. */
  @property({ type: Boolean, reflect: true }) open = false;
  /** Where it floats: two of `top`, `bottom`, `start`, `end`; at the bottom end without it. */
  @property({ reflect: true }) corner = '';
  /** Stays closed when a call rings; the call has a window of its own then. */
  @property({ type: Boolean, attribute: 'no-open-on-ring' }) noOpenOnRing = false;

  /** The phone of a client around this tag, or of the one it names. */
  readonly #around = new PhoneController(this, () => []);
  #borrows = false;
  #heard: PhoneHandle | undefined;
  #unhear: (() => void) | undefined;
  #state!: PhoneState;
  /** The calls that have the keypad's place. */
  #calls: readonly PhoneCall[] = [];
  readonly #follower = new Follower();

  readonly #seen = new Seen(this);
  readonly #floats = new Lazy(this, () => import('./floating/floating.js'));
  readonly #mail = new Lazy(this, () => import('./voicemail.js'));
  /** The sign-in for which was asked what waits in the mailbox. */
  #asked: object | null = null;
  #float: Floating | undefined;
  readonly #panels = new Panels({
    host: this,
    text: this.text,
    language: () => this.language.code,
    label: (name) => this.#label(name),
    names: () => this.#names,
    tags: () => OzekiWebphone.tags,
    settings: () => ({
      text: this.text,
      language: this.language.code,
      signedIn: !!this.#state.identity,
      speak: (language) => {
        this.lang = language;
        remember('localStorage', 'language', language);
      },
      signOut: () => void this.signOut(),
    }),
  });
  readonly #columns = new Columns(this);
  /** What had the focus before this update. */
  #focused: Element | null = null;

  constructor() {
    super();
    new Ticker(this, () => this.#calls.length > 0);
    this.addEventListener('ozeki-incoming-call', () => {
      if (!this.noOpenOnRing) this.open = true;
    });
    this.addEventListener('ozeki-chat-open', (event) => queueMicrotask(() => this.#write(event)));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const language = recall('localStorage', 'language');
    if (language && !this.lang) this.lang = language;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unhear?.();
    this.#heard = undefined;
  }

  /** @internal */
  protected override credentials(): SignIn | null {
    return this.#borrows ? null : super.credentials();
  }

  /**
   * A client around this tag says it itself.
   * @internal
   */
  protected override panel(): unknown {
    return this.#borrows ? '' : super.panel();
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#take();
    super.willUpdate(changed);
    const float = this.floating && this.#floats.get();
    if (float) this.#float ??= new float.Floating(this);
    this.#state = this.phone.getState();
    const calls = this.#state.calls.filter(takesPlace);
    const { tab } = this;
    const [shown, names, { wide }] = [this.#shown, this.#names, this.#columns];
    this.tab = this.#follower.next({ tab, shown, names, wide, calls });
    this.#calls = calls;
    const { identity, capabilities } = this.#state;
    if (identity !== this.#asked && capabilities?.voicemail) run(this.phone.watchVoicemail());
    this.#asked = identity;
    this.setState('ringing', this.#ringing);
    this.setState('in-call', someLive(calls));
    this.#focused = this.shadowRoot?.activeElement ?? null;
  }

  /** Uses the phone around this tag, and its own where there is none. */
  #take(): void {
    const around = this.#around.phone;
    if (around ? around !== this.phone : this.#borrows) {
      this.phone = around ?? this.createPhone();
      this.given = this.#borrows = !!around;
    }
    if (this.#heard === this.phone || !this.isConnected) return;
    this.#unhear?.();
    this.#heard = this.phone;
    this.#state = this.phone.getState();
    this.#unhear = this.phone.subscribe(() => {
      const now = this.phone.getState();
      if (
        (['calls', 'connection', 'identity', 'voicemail'] as const).some(
          (part) => now[part] !== this.#state[part],
        )
      )
        this.requestUpdate();
    });
  }

  protected override updated(): void {
    const root = this.renderRoot as ShadowRoot;
    exportParts(root);
    // Which window a ringing call has depends on what is in view now.
    void Promise.resolve(root.querySelector('ozeki-call')?.updateComplete).then(() =>
      root.querySelector('ozeki-incoming-call')?.requestUpdate(),
    );
    // What had the focus is gone or out of sight: its place is where to go on, without acting on anything; for who has
    // signed out, signing in.
    if (!this.#focused || root.activeElement?.checkVisibility()) return;
    const places = [...root.querySelectorAll<HTMLElement>('.launcher, .panel, form input')];
    places.find((one) => one.checkVisibility())?.focus();
  }

  get #ringing(): boolean {
    return this.#state.calls.some(isRinging);
  }

  /** The names of the tabs. */
  get #names(): readonly string[] {
    return tabNames(this.tabs, this.#state.capabilities);
  }

  /** The names of those to choose from: in two columns, the keypad's place is none of them. */
  get #choice(): readonly string[] {
    return this.#names.filter((name) => !this.#columns.wide || name !== 'keypad');
  }

  /** The tab that is shown now. */
  get #shown(): string | undefined {
    const names = this.#choice;
    return names.includes(this.tab) ? this.tab : names[0];
  }

  protected override render(): TemplateResult {
    const { text, floating } = this;
    const shape = !floating ? '' : this.open ? 'open' : 'closed';
    const float = this.#float;
    return html`<div
      class="base ${shape}"
      part="base"
      role=${shape === 'open' ? 'dialog' : 'group'}
      tabindex="-1"
      aria-label=${text('phone')}
      .popover=${floating ? 'manual' : null}
      ?hidden=${floating && !float}
    >
      ${
        shape === 'closed'
          ? float?.launcher({
              text,
              ringing: this.#ringing,
              call: this.#calls[0],
              news: this.#panels.allNews,
              badge: this.#panels.badge(),
            })
          : nothing
      }
      ${this.#header(floating && float?.closeButton(text))} ${this.panel()} ${this.#main()}
    </div>`;
  }

  #header(close: unknown): TemplateResult {
    const { text } = this;
    const { connection, identity, voicemail } = this.#state;
    const ready = connection.status === 'connected';
    const word = ready ? 'ready' : /connecting/.test(connection.status) ? 'connecting' : 'offline';
    // A call says more of itself.
    const quiet = ready && (this.#ringing || this.#calls.length);
    return html`<div class="bar" part="header">
      <slot name="logo"></slot>
      <span class="dot ${ready ? '' : 'offline'}"></span>
      <b class="number">${identity?.number ?? text('phone')}</b>
      <span class="fill clip">${identity?.name}</span>
      ${voicemail?.waiting ? this.#mail.get()?.voicemailView(voicemail, text, this.language.code) : nothing}
      <span class="muted">${quiet ? '' : text(word)}</span>
      <slot name="header"></slot>
      ${close || nothing}
    </div>`;
  }

  #main(): TemplateResult {
    const { text } = this;
    const names = this.#names;
    const choice = this.#choice;
    const shown = this.#shown;
    const keypad = names.includes('keypad');
    const calls = this.#calls;
    const call = calls.find(({ id }) => id === this.#state.selectedCallId) ?? calls[0];
    const inPlace = keypad ? this.#columns.wide || shown === 'keypad' : !!call;
    const others = this.#state.calls.filter((one) => one !== call && one.state !== 'ended').length;
    return html`${call && !inPlace ? callLine(call, text, () => this.#show('keypad')) : nothing}
      <div class="main ${(keypad || call) && choice.length ? 'two' : ''}">
        <ozeki-incoming-call ?inline=${this.floating ? this.open : this.#seen.now}></ozeki-incoming-call>
        ${
          keypad || call
            ? html`<div
                class="place panel"
                part="panel"
                id="panel-keypad"
                role=${choice.includes('keypad') ? 'tabpanel' : 'group'}
                tabindex="-1"
                aria-label=${text(call ? 'call' : 'keypad')}
                data-others=${call ? Math.min(others, 2) || nothing : nothing}
                ?hidden=${!inPlace}
              >
                ${call ? html`<ozeki-call></ozeki-call>` : html`<ozeki-dialpad></ozeki-dialpad>`}
              </div>`
            : nothing
        }
        ${
          choice[1]
            ? html`<div
                class="tabs"
                part="tabs"
                role="tablist"
                aria-label=${text('phone')}
                @keydown=${moveInTabs}
              >
                ${choice.map((name) =>
                  tabView({
                    name,
                    label: this.#label(name),
                    selected: name === shown,
                    news: this.#panels.newsOf(name),
                    badge: this.#panels.badge(name),
                    open: () => this.#show(name),
                  }),
                )}
              </div>`
            : nothing
        }
        ${names.map((name) => (name === 'keypad' ? nothing : this.#panels.panel(name, name === shown)))}
      </div>`;
  }

  #show(name: string): void {
    this.tab = name;
    this.#follower.forget();
  }

  /** What a tab is called: by the kit, or by what the page has put into it. */
  #label(name: string): string {
    const tab = TABS[name];
    if (tab) return this.text(tab.words);
    return [...this.children].find(({ slot }) => slot === name)?.ariaLabel ?? name;
  }

  /** Somebody wants to write: what the contacts ask for opens in the messages, unless the page does it itself. */
  #write({ defaultPrevented }: OzekiChatOpenEvent): void {
    if (!defaultPrevented && this.#names.includes('messages')) this.#show('messages');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-webphone': OzekiWebphone;
  }
}
