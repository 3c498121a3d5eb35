/** What somebody who is signed in sees of the operator panel: who waits, who talks, and the extensions. */
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneError, PhoneHandle } from '../../../phone/handle.js';
import type { Extension, PhoneState, ProblemCode, Session } from '../../../phone/state.js';
import { OzekiDialEvent } from '../../common/dial-event.js';
import { talkTime } from '../../common/format.js';
import type { PhoneController } from '../../common/phone-controller.js';
import { Roving } from '../../common/roving.js';
import { searchField } from '../../common/search-field.js';
import { Ticker } from '../../common/ticker.js';
import { OzekiAcceptRequestEvent } from '../../ozeki-call/call-events.js';
import { OzekiPickUpEvent } from '../../ozeki-extension-status/pick-up-event.js';
import { speakOperator } from '../../text/en-operator.js';
import { speakPanels } from '../../text/en-panels.js';
import type { Say } from '../../text/texts.js';
import type { Listening } from './listening.js';
import { actionsOf, type RowCommands } from './row-actions.js';
import { rowView } from './rows.js';
import { ageOf, mayMove, nameOf, partners, sorted } from './rules.js';
import { TileGrid } from './tile-grid.js';
import { tileView, type TileAction } from './tile.js';
import { Transfers } from './transfers.js';

export { styles } from './board.styles.js';

speakPanels();
speakOperator();

/** More rows than these are too many to look at: searching finds the others. */
const MOST = 100;

/** The element this is a part of. */
export interface BoardHost extends LitElement {
  readonly lateAfter: number;
  readonly urgentAfter: number;
}

export class Board {
  /** What the last command met. */
  failure: ProblemCode | null = null;
  /** A part could not be loaded. */
  lost = false;
  #search = '';
  #listening: Listening | null = null;
  readonly #host: BoardHost;
  readonly #phone: PhoneController;
  readonly #text: Say;
  readonly #tiles: TileGrid;
  readonly #transfers: Transfers;
  readonly #commands: RowCommands;

  constructor(host: BoardHost, phone: PhoneController, text: Say) {
    this.#host = host;
    this.#phone = phone;
    this.#text = text;
    this.#tiles = new TileGrid(host);
    this.#transfers = new Transfers({
      ...{ host, text },
      state: () => phone.state,
      try: (give) => this.#try(give),
      focusTile: (fits) => void this.#tiles.focus(fits),
    });
    this.#commands = {
      accept: (callId) => {
        if (host.dispatchEvent(new OzekiAcceptRequestEvent(callId, false)))
          void this.#try((handle) => handle.accept(callId));
      },
      pickUp: (extension) => {
        if (host.dispatchEvent(new OzekiPickUpEvent({ extension })))
          void this.#try((handle) => handle.pickUp(extension));
      },
      listen: (session) => void this.#try((handle) => this.#listen(handle, session)),
      hears: ({ masterId }) => this.#listening?.masterId === masterId,
    };
    new Ticker(host, () => !!phone.state?.sessions.length);
    new Roving(host);
  }

  /** What is said aloud about a transfer. */
  get said(): string {
    return this.#transfers.said;
  }

  /** Takes in what has changed; what there is to say about it to style sheets. */
  update(): { waiting: boolean; urgent: boolean; carrying: boolean; listening: boolean } {
    this.#transfers.check();
    this.#listening?.keep(this.#phone.phone);
    const [longest] = sorted(this.#phone.state?.sessions ?? []).waiting;
    return {
      waiting: !!longest,
      urgent: !!longest && this.#age(longest) === 'urgent',
      carrying: !!this.#transfers.carried,
      listening: !!this.#listening?.masterId,
    };
  }

  /** The element left the document. One that is only moved hears on. */
  left(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#listening?.stop().catch(() => {});
    });
  }

  get #state(): PhoneState {
    return this.#phone.state!;
  }

  get #usable(): boolean {
    return this.#state.connection.status === 'connected';
  }

  /** How long a session has waited for an answer, or talked, in milliseconds. */
  #timeOf({ state, startedAt, talk }: Session): number {
    const now = Date.now() + this.#state.clockOffset;
    return state === 'Ringing' ? Math.max(0, now - startedAt) : talkTime(talk, now);
  }

  #age(session: Session): '' | 'late' | 'urgent' {
    const { lateAfter, urgentAfter } = this.#host;
    return session.state === 'Ringing' ? ageOf(this.#timeOf(session), lateAfter, urgentAfter) : '';
  }

  /** The head line: what was taken up, if anything, and the field that finds calls and extensions. */
  head(): TemplateResult {
    const text = this.#text;
    const { carried } = this.#transfers;
    const label = text('findCalls');
    return html`<div class="bar ${carried ? 'carries' : ''}" part="bar">
      <h2 class="clip">${carried ? text('choosePlace', carried.who) : text('operatorPanel')}</h2>
      ${
        carried
          ? html`<button type="button" class="button plain" @click=${() => this.#transfers.putBack()}>
              ${text('cancel')}
            </button>`
          : nothing
      }
      ${searchField({
        ...{ label, placeholder: label },
        typed: (search) => {
          this.#search = search;
          this.#host.requestUpdate();
        },
        down: () => void this.#tiles.focus(() => true),
      })}
    </div>`;
  }

  /** Whether every word of the search is in one of these texts. */
  #fits(...texts: string[]): boolean {
    const all = texts.join('\n').toLowerCase();
    const words = this.#search.toLowerCase().split(/\s+/);
    return words.every((word) => all.includes(word));
  }

  render(): TemplateResult {
    const text = this.#text;
    const { sessions, capabilities, identity } = this.#state;
    const { carried, pointerDown } = this.#transfers;
    const { waiting, calls } = sorted(
      sessions.filter((session) => this.#fits(nameOf(session, 'caller'), nameOf(session, 'callee'))),
    );
    const ownOnly = capabilities?.sessions && !identity!.privileges.includes('sessions.view');
    const last = waiting.at(-1);
    return html`${
        this.#usable
          ? nothing
          : html`<p class="notice" part="notice" role="status">${text('reconnecting')}</p>`
      }
      <div class="desk ${carried ? 'carried' : ''}" @pointerdown=${pointerDown}>
        <div class="talk" part="talk">
          ${this.#rows('waiting', waiting)} ${this.#rows('calls', calls)}
          ${ownOnly ? html`<p class="hint">${text('ownCallsOnly')}</p>` : nothing}
        </div>
        <div>${this.#extensions()}</div>
      </div>
      <p class="visually-hidden" role="status">
        ${last ? text('waitsFor', nameOf(last, 'caller'), nameOf(last, 'callee')) : ''}
      </p>`;
  }

  #rows(kind: 'waiting' | 'calls', sessions: readonly Session[]): TemplateResult {
    const text = this.#text;
    const over = sessions.length - MOST;
    const none = this.#search ? 'nothingFound' : kind === 'calls' ? 'noCalls' : 'nobodyWaits';
    return html`<h3>${text(kind)} <span class="muted number">${sessions.length || ''}</span></h3>
      ${
        sessions.length
          ? html`<ul class="rows" aria-label=${text(kind)}>
              ${repeat(
                sessions.slice(0, MOST),
                ({ id }) => id,
                (session) => this.#row(session),
              )}
            </ul>`
          : html`<p class="hint">${text(none)}</p>`
      }
      ${over > 0 ? html`<p class="hint">${text('moreCalls', over)}</p>` : nothing}`;
  }

  #row(session: Session): TemplateResult {
    const phone = this.#state;
    const transfers = this.#transfers;
    const usable = this.#usable;
    const sentTo = transfers.sent.get(session.id);
    return rowView(session, {
      ...{ text: this.#text, sentTo, time: this.#timeOf(session), age: this.#age(session) },
      actions: usable ? actionsOf(session, phone, this.#commands, this.#text) : [],
      mayMove: (party) => usable && !sentTo && mayMove(session, party, phone),
      carries: (party) => transfers.carries(session, party),
      take: (party, byKey) => transfers.take(session, party, byKey),
    });
  }

  #extensions(): TemplateResult {
    const text = this.#text;
    const { extensions, sessions, identity } = this.#state;
    const tiles = extensions.filter(({ id, name, kind }) => kind === 'extension' && this.#fits(id, name));
    const talks = partners(sessions);
    const tile = (extension: Extension, tabIndex: 0 | -1) => {
      const { id } = extension;
      const talk = talks.get(id);
      const action = this.#actionOf(extension);
      return tileView(extension, {
        ...{ text, tabIndex, action, own: id === identity!.number, over: this.#transfers.over === id },
        talk: talk && { who: nameOf(talk.session, talk.other), time: this.#timeOf(talk.session) },
        act: () => this.#act(extension, action),
      });
    };
    const none = this.#search ? 'nothingFound' : 'noExtensions';
    return html`<h3>${text('extensions')} <span class="muted number">${tiles.length || ''}</span></h3>
      ${
        tiles.length
          ? this.#tiles.render(tiles, text('extensions'), tile)
          : html`<p class="hint">${text(none)}</p>`
      }`;
  }

  #actionOf(extension: Extension): TileAction {
    const { identity, capabilities } = this.#state;
    const { id, status } = extension;
    if (!this.#usable) return null;
    if (this.#transfers.carried) return this.#transfers.fits(extension) ? 'drop' : null;
    if (id === identity!.number || status === 'offline') return null;
    const mayPickUp = capabilities?.pickup && identity!.privileges.includes('calls.pickup');
    return status === 'ringing' && mayPickUp ? 'pickUp' : 'call';
  }

  #act(extension: Extension, action: TileAction): void {
    const { id: number } = extension;
    if (action === 'drop') void this.#transfers.drop(extension);
    else if (action === 'pickUp') this.#commands.pickUp(number);
    else if (action && this.#host.dispatchEvent(new OzekiDialEvent({ number, video: false })))
      void this.#try((phone) => phone.dial(number));
  }

  /** Listens to a session, or no more. */
  async #listen(phone: PhoneHandle, session: Session): Promise<void> {
    const { Listening } = await import('./listening.js');
    this.#listening ??= new Listening(() => this.#host.requestUpdate());
    await (this.#commands.hears(session) ? this.#listening.stop() : this.#listening.start(phone, session));
  }

  /** Gives a command; a failure is told on screen. Whether it was confirmed. */
  async #try(give: (phone: PhoneHandle) => Promise<unknown>): Promise<boolean> {
    this.failure = null;
    this.lost = false;
    try {
      await give(this.#phone.phone!);
    } catch (error) {
      // What has no code is a part that could not be loaded.
      this.failure = (error as Partial<PhoneError>).code ?? null;
      this.lost = !this.failure;
    }
    this.#host.requestUpdate();
    return !this.failure && !this.lost;
  }
}
