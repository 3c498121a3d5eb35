/** A phone that floats: the button in the corner, opening and closing. Loaded by a tag with `floating`. */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { PhoneCall } from '../../../phone/state.js';
import { icon } from '../../common/icons.js';
import { timer } from '../../ozeki-call/call-view.js';
import type { Say } from '../../text/texts.js';
import { recall, remember } from '../memory.js';
import type { OzekiWebphone } from '../ozeki-webphone.js';
import { OzekiOpenChangeEvent } from './events.js';

export { styles } from './floating.styles.js';

/** What the button in the corner says. */
export interface LauncherView {
  readonly text: Say;
  /** A call rings. */
  readonly ringing: boolean;
  readonly call: PhoneCall | undefined;
  /** How much there is to see, in words, and all of it as a badge. */
  readonly news: readonly string[];
  readonly badge: unknown;
}

export class Floating implements ReactiveController {
  readonly #host: OzekiWebphone;
  #open: boolean;
  /** Where the focus goes when this update is shown. */
  #next = '';

  constructor(host: OzekiWebphone) {
    this.#host = host;
    const kept = recall('sessionStorage', this.#key);
    if (kept !== null) host.open = kept === 'open';
    this.#open = host.open;
    host.addController(this);
    host.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !host.floating || !host.open) return;
      event.stopPropagation();
      this.toggle(false);
    });
  }

  get #key(): string {
    return `floating ${this.#host.id}`;
  }

  /** Opens or closes it for somebody, who goes on there. */
  readonly toggle = (open: boolean): void => {
    this.#host.open = open;
    this.#next = open ? '.base' : '.launcher';
  };

  hostUpdate(): void {
    const { open } = this.#host;
    if (open === this.#open) return;
    this.#open = open;
    remember('sessionStorage', this.#key, open ? 'open' : 'closed');
    this.#host.dispatchEvent(new OzekiOpenChangeEvent(open));
  }

  hostUpdated(): void {
    const root = this.#host.renderRoot;
    const base = root.querySelector<HTMLElement>('.base[popover]');
    // It is closed by the browser when it is moved.
    if (base?.isConnected && !base.matches(':popover-open')) base.showPopover();
    if (this.#next) root.querySelector<HTMLElement>(this.#next)?.focus();
    this.#next = '';
  }

  launcher({ text, ringing, call, news, badge }: LauncherView): TemplateResult {
    const said = [text('openPhone'), ringing && text('incomingCall'), call && text('inCall'), ...news];
    return html`<button
      class="launcher button ${ringing ? 'ringing' : call ? 'positive' : ''}"
      part="launcher"
      aria-haspopup="dialog"
      @click=${() => this.toggle(true)}
    >
      <span class="visually-hidden">${said.filter(Boolean).join(', ')}</span>
      ${icon('phone')}${call ? html`<span class="number">${timer(call, text)}</span>` : nothing} ${badge}
    </button>`;
  }

  closeButton(text: Say): TemplateResult {
    return html`<button
      class="button plain round close"
      part="close"
      aria-label=${text('closePhone')}
      @click=${() => this.toggle(false)}
    >
      ${icon('close')}
    </button>`;
  }
}
