import { html, nothing } from 'lit';
import type { PhoneError } from '../../phone/handle.js';
import type { Extension, ProblemCode } from '../../phone/state.js';
import { controls } from '../common/controls.styles.js';
import { OzekiDialEvent } from '../common/dial-event.js';
import { icon } from '../common/icons.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { property, state } from '../common/property.js';
import { run } from '../common/run.js';
import { PhoneController } from '../common/phone-controller.js';
import { tokens } from '../common/tokens.styles.js';
import { OzekiPickUpEvent } from './pick-up-event.js';
import { styles } from './ozeki-extension-status.styles.js';

export type * from '../common/dial-event.js';
export type * from './pick-up-event.js';

/** What is shown of an extension that is not there; it cannot be called, just as a line. */
const MISSING = { name: '', kind: 'line', type: '', status: 'offline' } as const;

/** What a click on a tile does; nothing where it cannot be called. */
type Action = 'call' | 'pickUp' | null;

/**
 * @customElement
 * @tagname ozeki-extension-status
 * @summary Shows whether extensions are idle, ringing, busy or offline. A click calls; on a ringing one it
 * picks the call up, where the account may.
 *
 * @event {OzekiDialEvent} ozeki-dial - Somebody wants to call an extension; `detail` has `number` and `video`. Bubbles; `preventDefault()` keeps the element from dialling.
 * @event {OzekiPickUpEvent} ozeki-pick-up - Somebody wants to pick up; `detail` has `extension`. Bubbles; `preventDefault()` keeps the element from doing it.
 *
 * @csspart base - The card.
 * @csspart head - The line on top; only with all extensions.
 * @csspart list - The grid of tiles.
 * @csspart tile - An extension.
 * @csspart dot - Its state as a shape: disc, pulsing diamond, square or ring.
 * @csspart icon - What a click on it does.
 * @csspart message - What could not be done, or why there is nothing to see.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - A tile under the pointer.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Numbers.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Names and states.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - The focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - Idle.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - Busy.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - Ringing.
 * @cssproperty [--ozeki-radius-m=12px] - Corners of a tile.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate idle - The one extension is free.
 * @cssstate ringing - The one extension rings.
 * @cssstate busy - The one extension is in a call.
 * @cssstate offline - Nobody is signed in as the one extension.
 * @cssstate empty - There is nothing to show.
 */
export class OzekiExtensionStatus extends OzekiElement {
  static override styles = [tokens, controls, styles];

  /** The extension to show; without it, all of them. */
  @property() extension = '';

  /** What could not be done. */
  @state() private failure: ProblemCode | null = null;

  readonly #phone = new PhoneController(this, ({ connection, identity, extensions }) => [
    connection.status,
    identity,
    extensions,
  ]);

  /** The extensions to show; outside lines only by name. */
  get #shown(): readonly Extension[] {
    const state = this.#phone.state;
    if (state?.connection.status !== 'connected') return [];
    const { extension } = this;
    return state.extensions.filter(({ id, kind }) => (extension ? id === extension : kind === 'extension'));
  }

  #action({ id, kind, status }: Extension): Action {
    const state = this.#phone.state!;
    if (kind === 'line' || id === state.identity?.number || status === 'offline') return null;
    const mayPickUp = state.capabilities?.pickup && state.identity?.privileges.includes('calls.pickup');
    return status === 'ringing' && mayPickUp ? 'pickUp' : 'call';
  }

  #act(extension: Extension): void {
    const { id } = extension;
    const action = this.#action(extension);
    const { phone } = this.#phone;
    if (!action || !phone) return;
    this.failure = null;
    const event =
      action === 'pickUp'
        ? new OzekiPickUpEvent({ extension: id })
        : new OzekiDialEvent({ number: id, video: false });
    if (!this.dispatchEvent(event)) return;
    (action === 'pickUp' ? phone.pickUp(id) : phone.dial(id)).catch((error: PhoneError) => {
      this.failure = error.code ?? 'internal';
    });
  }

  protected override willUpdate(): void {
    const [first] = this.#shown;
    const { state, phone } = this.#phone;
    // Told of by some phone systems only when somebody asks.
    if (this.extension && !first && state?.connection.status === 'connected')
      run(phone!.watchExtension(this.extension));
    for (const status of ['idle', 'ringing', 'busy', 'offline'] as const) {
      this.setState(status, !!this.extension && first?.status === status);
    }
    this.setState('empty', !first);
  }

  protected override render(): unknown {
    const shown = this.#shown;
    const one = this.extension;
    const connected = this.#phone.state?.connection.status === 'connected';
    const missing = one
      ? this.#tile({ ...MISSING, id: one }, this.text(connected ? 'unknown' : 'offline'))
      : html`<span class="muted">${this.text(connected ? 'noExtensions' : 'notConnected')}</span>`;
    return html`<div class="base" part="base">
      ${one ? nothing : html`<div class="bar" part="head"><b>${this.text('extensions')}</b></div>`}
      <ul class="list" part="list">
        ${
          shown.length
            ? shown.map((extension) => html`<li>${this.#tile(extension)}</li>`)
            : html`<li class="none">${missing}</li>`
        }
      </ul>
      <p class="notice" part="message" role="status">${this.failure ? this.problem(this.failure) : ''}</p>
      <p class="visually-hidden" role="status">${this.#news(shown)}</p>
    </div>`;
  }

  #tile(extension: Extension, word = this.text(extension.status)): unknown {
    const { id, name, status } = extension;
    const action = this.#action(extension);
    const own = id === this.#phone.state?.identity?.number;
    return html`<button
      class="tile"
      part="tile"
      aria-disabled=${!action}
      @click=${() => this.#act(extension)}
    >
      <span class="dot ${status}" part="dot"></span>
      <span class="fill">
        <b
          ><span class="number">${id}</span>
          ${own ? html`<small>${this.text('thisPhone')}</small>` : nothing}</b
        >
        <small>
          ${name ? `${name} · ` : ''}${word}
          ${action ? html`<span class="visually-hidden">${this.text(action)}</span>` : nothing}
        </small>
      </span>
      ${action ? icon(action === 'call' ? 'phone' : 'bell') : nothing}
    </button>`;
  }

  /** What is worth saying aloud: the state of the one extension; of many, only the calls to pick up. */
  #news(shown: readonly Extension[]): string {
    return shown
      .filter((extension) => this.extension || this.#action(extension) === 'pickUp')
      .map(({ id, name, status }) => `${id} ${name}: ${this.text(status)}`)
      .join(', ');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-extension-status': OzekiExtensionStatus;
  }
}
