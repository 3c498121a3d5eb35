import { html, nothing, type PropertyValues } from 'lit';
import type { PhoneHandle, SignIn } from '../../phone/handle.js';
import { createPhone, isPhone, type SipOptions } from '../../phone/index.js';
import type { OzWebClient } from '../../api/index.js';
import type { ConnectionState } from '../../phone/state.js';
import { isKept } from '../../page/kept.js';
import { defaultServer } from './kit-address.js';
import { Ticker } from '../common/ticker.js';
import { property } from '../common/property.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { run } from '../common/run.js';
import { OzekiConnectionChangeEvent, OzekiIncomingCallEvent } from './events.js';
import { providePhone, providers } from '../common/context.js';
import { Page } from './page/page.js';
import { formStyles, signInForm, type SignInValues } from './sign-in-form.js';
// Bundled in this order: style sheets compress best beside those of the tag that follows (0.3 kB).
import { controls } from '../common/controls.styles.js';
import { tokens } from '../common/tokens.styles.js';
import { styles } from './ozeki-client.styles.js';

export type * from './events.js';
export type * from './quality-warning-event.js';

/** Setting one of these connects. */
const CREDENTIALS = ['server', 'extension', 'token', 'tokenUrl', 'password', 'sip'];

/** Setting a credential to what it was is a wish, too: to try again, or to sign in after signing out. */
const hasChanged = () => true;

/**
 * @customElement
 * @tagname ozeki-client
 * @summary Connects to a phone system and gives the phone to the tags inside it, and to those elsewhere that
 * name it by `client="id"`. Asks for extension and password where the page gives none.
 *
 * Setting or changing a credential, before or after definition, connects with it. `token` wins over
 * `token-url`, and that over `extension` with `password`; while the set is incomplete nothing is sent. Moving
 * the element keeps the connection and its calls, removing it ends them.
 *
 * A call goes on when the page is reloaded, or left for another one of its origin in the same tab: the client there
 * takes it up when it names the same server, within 20 seconds, with the credentials it has or without any. What lies in
 * the tab's `sessionStorage` meanwhile is good for one use and holds no password.
 *
 * With the first call it looks after the page, too: the system's controls (Media Session: hang up, microphone,
 * camera, and answering where the browser delivers `play`), the screen, which stays on during video, and the title,
 * which says who rings. With `hotkeys`, Alt+Shift and a letter act on the call anywhere but in fields: A accept,
 * V accept with video, R reject, I ignore, H hang up, M mute, O hold, C camera.
 *
 * @slot - The page's content; always shown.
 *
 * @event {OzekiConnectionChangeEvent} ozeki-connection-change - The connection changed; `detail` is its state. Does not bubble.
 * @event {OzekiIncomingCallEvent} ozeki-incoming-call - A call rings; `detail` is the call. Does not bubble.
 *
 * @event {OzekiQualityWarningEvent} ozeki-quality-warning - A call was bad in 3 of the last 5 measurements, or has got better; `detail` has `callId` and `warnings`. Does not bubble.
 *
 * @attr {string} id - The name by which tags that are not inside the client find it: `client="…"`.
 * @attr {boolean} hotkeys - Keys act on calls anywhere on the page.
 * @attr {boolean} no-media-session - Leaves the system's controls to the page.
 * @attr {boolean} no-title-badge - Leaves the title as it is.
 * @attr {boolean} no-resume - Calls end with the page, also when it is only reloaded.
 * @attr {boolean} separate-tabs - Each tab of the browser signs in by itself, and rings.
 * @attr {boolean} no-wake-lock - Lets the screen go off during video.
 *
 * @csspart base - The panel with the sign-in form or a message; absent while connected.
 * @csspart notice - A message about the connection.
 * @csspart form - The sign-in form.
 * @csspart input - A field of the form.
 * @csspart button - A button of the panel.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Text.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - The sign-in button and the focus ring.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - Refusals.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - Messages.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the panel.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate signed-out - Nothing to connect with, or signed out.
 * @cssstate connecting - The first attempt is under way.
 * @cssstate connected - Signed in.
 * @cssstate reconnecting - The connection was lost and is being looked for.
 * @cssstate refused - The phone system does not take these credentials.
 * @cssstate failed - The phone system cannot be reached and is tried again.
 */
export class OzekiClient extends OzekiElement {
  static override styles = [tokens, controls, styles, formStyles];

  /**
   * The phone system: `host` (port 7779), `host:port`, or a `ws:`/`wss:` address; a SIP server: `sip+wss://host/path`,
   * several with blanks between. Without it `/gateway` on the
   * origin that served `/ozeki-webphone.js`, else on the page's own.
   */
  @property({ hasChanged }) server = '';
  /** The extension to sign in as. */
  @property({ hasChanged }) extension = '';
  /** A token to sign in with; wins over all other credentials. */
  @property({ hasChanged }) token = '';
  /** Where the page's own back end answers `{"token": "…"}`; asked anew for each connection. */
  @property({ attribute: 'token-url', hasChanged }) tokenUrl = '';
  /**
   * What a SIP server is used with: STUN and TURN servers for the media, and whom the other side of a call may have
   * this phone call instead. An object, or JSON in the attribute; a TURN password is better kept out of the page's source.
   */
  @property({ hasChanged }) sip: SipOptions | string = '';
  /** Show no sign-in form: the page has its own way. */
  @property({ type: Boolean, attribute: 'no-sign-in' }) noSignIn = false;

  /** The password of the extension. A property only: an attribute could be read in the page's source. */
  @property({ attribute: false, hasChanged })
  get password(): string {
    return this.#password;
  }
  set password(password: string) {
    this.#password = password;
  }
  #password = '';

  #phone: PhoneHandle | undefined;
  /**
   * The phone was handed over: it is used, and neither connected nor left unasked.
   * @internal
   */
  protected given = false;
  #stop: (() => void) | undefined;
  #connection: ConnectionState | undefined;
  #knownCalls = new Set<string>();
  readonly #page = new Page(this);
  /** The form was submitted; it stays until that led to a connection. */
  #submitted = false;

  constructor() {
    super();
    providePhone(this);
    new Ticker(this, () => !!this.#connection?.retryAt);
  }

  /**
   * The phone of this client. Another one may be handed over, for example that of an `OzWebClient`: the tags then
   * show its calls, and removing the element does not end them.
   */
  @property({ attribute: false, noAccessor: true })
  get phone(): PhoneHandle {
    return (this.#phone ??= this.createPhone());
  }
  set phone(phone: PhoneHandle) {
    if (phone === this.#phone) return;
    if (!isPhone(phone)) throw new TypeError('client.phone: expected a phone, such as OzWebClient.phone.');
    if (this.#phone && !this.given) void this.#phone.dispose();
    this.#phone = phone;
    this.given = true;
    if (!this.#stop) return;
    this.#stop();
    this.#stop = phone.subscribe(this.#changed);
    this.#changed();
    providers.changed();
  }

  /** The JavaScript API over the phone of this client; loaded when it is first asked for. */
  async webClient(): Promise<OzWebClient> {
    const { webClientOf } = await import('../../api/index.js');
    return webClientOf(this.phone);
  }

  /** Ends all calls, signs out and forgets the password. Setting a credential signs in again. */
  async signOut(): Promise<void> {
    this.#password = '';
    await this.phone.disconnect();
  }

  /** @internal */
  protected createPhone(): PhoneHandle {
    return createPhone();
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'id'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'id' && this.isConnected) providers.changed();
  }

  override connectedCallback(): void {
    if (!this.#stop) {
      this.#stop = this.phone.subscribe(this.#changed);
      if (remembersDevices()) {
        const { phone } = this;
        run(import('../common/device-memory.js').then(({ recallDevices }) => recallDevices(phone)));
      }
      // Here for the first time, or again after it was gone for good.
      this.requestUpdate('server');
      if (this.hasAttribute('password')) {
        console.warn(this, 'Set the password property: the attribute is not read.');
      }
    }
    super.connectedCallback();
    providers.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // When it is only being moved, it is back by then.
    queueMicrotask(() => {
      if (this.isConnected || !this.#stop) return;
      providers.delete(this);
      if (!this.given) void this.phone.disconnect();
      this.#changed();
      this.#stop();
      this.#stop = undefined;
    });
  }

  readonly #changed = (): void => {
    const { connection, calls } = this.phone.getState();
    if (connection !== this.#connection) {
      const before = this.#connection;
      this.#connection = connection;
      if (before) this.setState(before.status, false);
      this.setState(connection.status, true);
      if (connection.status === 'connected') this.#submitted = false;
      this.requestUpdate();
      if (before) this.dispatchEvent(new OzekiConnectionChangeEvent(connection));
    }
    const known = this.#knownCalls;
    this.#knownCalls = new Set(calls.map((call) => call.id));
    if (calls.length || known.size) this.#page.follow();
    for (const call of calls) {
      if (call.direction !== 'incoming' || call.state !== 'ringing' || known.has(call.id)) continue;
      this.dispatchEvent(new OzekiIncomingCallEvent(call));
    }
  };

  /**
   * What there is to sign in with; null when it is not enough.
   * @internal
   */
  protected credentials(): SignIn | null {
    const { token, tokenUrl, extension, password } = this;
    if (token) return { token };
    if (tokenUrl) return { tokenUrl };
    if (extension && password) return { extension, password };
    return isKept() && !this.hasAttribute('no-resume') ? { resume: true } : null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.isConnected || !CREDENTIALS.some((name) => changed.has(name))) return;
    this.#changed();
    const signIn = this.credentials();
    void (signIn
      ? this.phone.connect({
          server: this.server || defaultServer(),
          sip: this.sip,
          signIn,
          resume: !this.hasAttribute('no-resume'),
          tabs: !this.hasAttribute('separate-tabs'),
        })
      : !this.given && this.#connection?.status !== 'signed-out' && this.phone.disconnect());
  }

  protected override render(): unknown {
    const panel = this.panel();
    return html`${panel && html`<div class="base" part="base">${panel}</div>`}<slot></slot>`;
  }

  /**
   * What there is to say of the connection, and the sign-in form; empty while all is well.
   * @internal
   */
  protected panel(): unknown {
    const connection = this.#connection;
    if (!connection) return '';
    const { status, problem, retryAt } = connection;
    const { text } = this;
    const out = status === 'signed-out' || status === 'refused';
    const well = status === 'connecting' || status === 'connected';
    const byToken = this.token || this.tokenUrl;
    const mayAsk = !this.noSignIn && !byToken;
    const asks = mayAsk && (out || (this.#submitted && status !== 'connected'));
    const told = !well && (status !== 'signed-out' || problem || (byToken && !this.noSignIn));
    if (!told && !asks) return '';
    const again = html`<button class="button plain" part="button" @click=${this.#again}>
      ${text(problem ? 'tryNow' : 'signIn')}
    </button>`;
    const notice = html`<div class="notice" part="notice">
      <div>
        <span id="problem" role="alert">
          ${problem ? this.problem(problem, text('notConnected')) : text('signedOut')}
        </span>
        <span class="muted number">
          ${retryAt && text('retryIn', Math.max(0, Math.ceil((retryAt - Date.now()) / 1000)))}
        </span>
      </div>
      ${out && asks ? nothing : again}
    </div>`;
    return html`${told ? notice : nothing}
    ${asks ? signInForm(this, text, connection, this.#submit) : nothing}`;
  }

  #again(): void {
    if (this.#connection?.retryAt) this.phone.retry();
    else this.requestUpdate('server');
  }

  readonly #submit = (values: SignInValues): void => {
    this.#submitted = true;
    Object.assign(this, values);
  };
}

/** Whether somebody chose devices in this browser (see device-memory.ts). */
function remembersDevices(): boolean {
  try {
    return 'ozeki-webphone.devices' in localStorage;
  } catch {
    return false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-client': OzekiClient;
  }
}
