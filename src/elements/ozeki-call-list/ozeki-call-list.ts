import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneError } from '../../phone/handle.js';
import type { PhoneCall, ProblemCode } from '../../phone/state.js';
import { controls } from '../common/controls.styles.js';
import { icon } from '../common/icons.js';
import { Lazy } from '../common/lazy.js';
import { listStyles } from '../common/list.styles.js';
import { optional } from '../common/optional.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { state } from '../common/property.js';
import { Roving } from '../common/roving.js';
import { Ticker } from '../common/ticker.js';
import { tokens } from '../common/tokens.styles.js';
import { OzekiAcceptRequestEvent, OzekiHangUpRequestEvent } from '../ozeki-call/call-events.js';
import { isIncoming, numberOf, stateDot, stateWords, timer, who } from '../ozeki-call/call-view.js';
import type { Conferences } from './conference/conference.js';
import { canMerge, grouped, type Group } from './groups.js';
import type { ListView } from './list-view.js';
import { styles } from './ozeki-call-list.styles.js';

export type * from '../ozeki-call/call-events.js';
export type * from './conference/events.js';

/**
 * @customElement
 * @tagname ozeki-call-list
 * @summary The calls of this phone: active, on hold, ringing. Switch between them, take or reject those that wait, merge
 * several into a conference and take it apart.
 *
 * The call that is marked is the selected one, which `<ozeki-call>` of the same phone shows. Switching to a call holds
 * the others and goes on with it. A conference is one conversation: its calls are held and gone on with together,
 * and each of its members can still be held or hung up alone.
 *
 * The arrow keys go from button to button; on the box of a call the blank chooses it for a conference.
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @event {OzekiAcceptRequestEvent} ozeki-accept-request - Before a ringing call is accepted; cancelable.
 * @event {OzekiHangUpRequestEvent} ozeki-hang-up-request - Before a call is hung up or rejected; cancelable.
 * @event {OzekiMergeRequestEvent} ozeki-merge-request - Before calls are merged into a conference; cancelable.
 * @event {OzekiSplitRequestEvent} ozeki-split-request - Before a conference is taken apart; cancelable.
 *
 * @slot empty - Shown while there is no call, instead of the kit's own words.
 *
 * @csspart base - The card.
 * @csspart bar - The head line with the number of calls.
 * @csspart call - A call.
 * @csspart conference - A conference with its calls.
 * @csspart switch - The button that goes on with a call: who, and what the call is doing.
 * @csspart name - The name of the other party.
 * @csspart details - The state, the time and the number.
 * @csspart choose - The box that chooses a call for a conference.
 * @csspart action - Another button of a row.
 * @csspart merge - The line with the button that merges.
 * @csspart notice - Why something did not work.
 * @csspart icon - Every icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - A row under the pointer.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Names.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Numbers and states.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - The selected call, chosen ones, and the focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - Accept, and calls in which people talk.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - Hang up and reject.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - Calls that ring or are on hold.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate empty - There is no call.
 * @cssstate waiting - A call rings here.
 * @cssstate conference - Calls are merged.
 */
export class OzekiCallList extends OzekiElement {
  static override readonly styles = [tokens, controls, listStyles, styles];

  @state() private failure: ProblemCode | null = null;

  readonly #phone = new PhoneController(this, ({ calls, selectedCallId, capabilities, connection }) => [
    calls,
    selectedCallId,
    capabilities,
    connection,
  ]);
  readonly #conferences = new Lazy(this, () => import('./conference/conference.js'));
  #part: Conferences | null = null;
  #calls: readonly PhoneCall[] = [];

  constructor() {
    super();
    new Ticker(this, () => this.#calls.some(({ state }) => state !== 'ended'));
    new Roving(this);
  }

  protected override willUpdate(): void {
    this.#calls = this.#phone.state?.calls ?? [];
    this.setState('empty', !this.#calls.length);
    this.setState('waiting', this.#calls.some(isIncoming));
    this.setState(
      'conference',
      this.#calls.some(({ conference }) => conference),
    );
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const count = this.#calls.length;
    const groups = grouped(this.#calls);
    return html`<div class="base" part="base" role="group" aria-label=${text('calls')}>
      <div class="bar" part="bar">
        <h2>${text('calls')}</h2>
        <span class="muted number" aria-hidden="true"
          >${count ? count.toLocaleString(this.language.code) : ''}</span
        >
      </div>
      <div role="alert">
        ${this.failure ? html`<p class="notice" part="notice">${this.problem(this.failure)}</p>` : nothing}
      </div>
      ${count ? this.#list(groups) : this.#empty()} ${this.#said(groups)}
    </div>`;
  }

  #list(groups: readonly Group[]): TemplateResult {
    const { text } = this;
    const { phone, state } = this.#phone;
    const possible = state!.connection.status === 'connected' && state!.capabilities?.control;
    const able = possible ? groups.filter(canMerge) : [];
    const view: ListView = {
      ...{ host: this, phone: phone!, text, able: able.length > 1 ? able : [] },
      ...{ button: this.#button, run: this.#run },
    };
    // Nobody misses it with one call.
    const module =
      view.able.length || groups.some(({ conference }) => conference) ? this.#conferences.get() : null;
    const part = module && (this.#part ??= new module.Conferences());
    return html`<ul class="rows" aria-label=${text('calls')}>
        ${repeat(
          groups,
          ({ id }) => id,
          (group) => {
            const { conference, calls } = group;
            if (!conference) return this.#row(view, calls[0]!, part?.box(view, group, who(calls[0]!, text)));
            const rows = html`<ul class="rows" aria-label=${text('conference')}>
              ${repeat(
                calls,
                ({ id }) => id,
                (call) => this.#row(view, call),
              )}
            </ul>`;
            return part ? part.group(view, group, rows) : html`<li>${rows}</li>`;
          },
        )}
      </ul>
      ${part && view.able.length ? part.merging(view) : nothing}`;
  }

  /**
   * What is read aloud when it changes: who waits, and that there is a conference; no timer. It stays when the list
   * comes and goes: of a region that comes with its words, nothing would be told.
   */
  #said(groups: readonly Group[]): TemplateResult {
    const { text } = this;
    return html`<p class="visually-hidden" role="status" aria-atomic="false">
      ${groups.map(({ conference, calls }) =>
        conference && this.#part
          ? html`<span>${text('conferenceWith', calls.length)}</span> `
          : isIncoming(calls[0]!)
            ? html`<span>${text('incomingCall')}: ${who(calls[0]!, text)}</span> `
            : nothing,
      )}
    </p>`;
  }

  #row(view: ListView, call: PhoneCall, box: unknown = nothing): TemplateResult {
    const { text } = this;
    const name = who(call, text);
    const current = call.id === this.#phone.state!.selectedCallId;
    const words = stateWords(call, text) || text('inCall');
    const reason = call.endReason && this.problem(call.endReason, words);
    const details = [reason || words, timer(call, text), numberOf(call)].filter(Boolean);
    // Goes on with a call and holds the others; one that has no conversation yet is only selected.
    const go = () => (call.state === 'active' ? view.phone.swapTo(call.id) : view.phone.select(call.id));
    return html`<li part="call">
      <div class=${isIncoming(call) ? 'row waiting' : 'row'} data-row=${call.id} ?data-current=${current}>
        ${box}
        <button
          type="button"
          class="who fill"
          part="switch"
          aria-current=${optional(current && 'true')}
          @click=${() => view.run(go)}
        >
          <span class="dot ${stateDot(call)}"></span>
          <span class="fill">
            <b class="clip" part="name" dir="auto">${name}</b>
            <small class="clip" part="details"
              >${details.map((one, place) => html`${place ? ' · ' : ''}<bdi class="number">${one}</bdi>`)}</small
            >
          </span>
        </button>
        ${this.#actions(view, call, name)}
      </div>
    </li>`;
  }

  #actions({ phone, button }: ListView, call: PhoneCall, name: string): unknown {
    const { id, pending } = call;
    if (call.state === 'ended') return button('dismiss', name, icon('close'), true, () => phone.dismiss(id));
    const waits = isIncoming(call);
    const end = button(waits ? 'reject' : 'hangUp', name, icon('end'), pending !== 'hang-up', () => {
      if (this.dispatchEvent(new OzekiHangUpRequestEvent(id)))
        return waits ? phone.reject(id) : phone.hangUp(id);
    });
    const accept = () => this.dispatchEvent(new OzekiAcceptRequestEvent(id, false)) && phone.accept(id);
    // A member of a conference comes back alone; any other call is gone on with, and the others wait.
    const resume = () => (call.conference ? phone.unhold(id) : phone.swapTo(id));
    const hold = () => phone.hold(id);
    return [
      waits
        ? button('accept', name, icon('phone'), !pending, accept)
        : call.state !== 'active'
          ? nothing
          : call.heldLocally
            ? button('resume', name, icon('play'), !pending, resume)
            : button('hold', name, icon('pause'), !pending, hold),
      end,
    ];
  }

  readonly #button: ListView['button'] = (word, name, sign, usable, act) => {
    const label = this.text(word);
    return html`<button
      type="button"
      class="round-action ${word}"
      part="action"
      aria-label="${label} ${name}"
      title=${label}
      aria-disabled=${optional(!usable && 'true')}
      @click=${() => usable && this.#run(act)}
    >
      ${sign}
    </button>`;
  };

  readonly #run: ListView['run'] = (command) => {
    this.failure = null;
    this.requestUpdate();
    Promise.resolve(command()).catch((error: PhoneError) => (this.failure = error.code ?? 'internal'));
  };

  #empty(): TemplateResult {
    const { text } = this;
    const ready = this.#phone.state?.connection.status === 'connected';
    return html`<div class="empty">
      <slot name="empty"
        ><b>${text('noCall')}</b>
        <p class="muted">${text(ready ? 'noCallHint' : 'noPhone')}</p></slot
      >
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-call-list': OzekiCallList;
  }
}
