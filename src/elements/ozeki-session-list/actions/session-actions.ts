import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { optional } from '../../common/optional.js';
import type { PhoneError, PhoneHandle } from '../../../phone/handle.js';
import type { PhoneState, ProblemCode, Session } from '../../../phone/state.js';
import { icon, type IconName } from '../../common/icons.js';
import { Lazy } from '../../common/lazy.js';
import { speakPanels } from '../../text/en-panels.js';
import type { PlainText, Say } from '../../text/texts.js';
import { OzekiSessionRequestEvent } from './session-event.js';
import { isHeld, isLive, isUp } from './session-rules.js';
import type { SessionTransfer } from './session-transfer.js';

export { actionsStyles as styles } from './actions.styles.js';

speakPanels();

/** What a row is drawn from. */
export interface Row {
  readonly session: Session;
  readonly state: PhoneState;
  readonly phone: PhoneHandle;
}

/** The actions in the rows of a session list, for those who may act on sessions. */
export class SessionActions {
  /** What the last command met; `load`: the panel could not be loaded. */
  failure: ProblemCode | 'load' | null = null;
  #panel: SessionTransfer | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #text: Say;
  readonly #transfer: Lazy<typeof import('./session-transfer.js')>;

  constructor(host: ReactiveControllerHost & HTMLElement, text: Say) {
    this.#host = host;
    this.#text = text;
    this.#transfer = new Lazy(host, () => import('./session-transfer.js'));
    host.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#panel) return;
      event.stopPropagation();
      this.#close();
    });
  }

  /** The session with an open panel; empty for none. */
  get openId(): string {
    return this.#panel?.sessionId ?? '';
  }

  /** The cell with a row's buttons. */
  cell({ session, state: { capabilities: can }, phone }: Row): TemplateResult {
    const { id } = session;
    const held = isHeld(session);
    const hold = held ? 'resume' : 'hold';
    return html`<td role="cell" class="actions">
      ${
        can?.hold
          ? this.#button(hold, held ? 'play' : 'pause', isUp(session), () =>
              this.#ask(id, hold, () => (held ? phone.unholdSession(id) : phone.holdSession(id))),
            )
          : nothing
      }
      ${
        can?.blindTransfer
          ? this.#button('transfer', 'transfer', isUp(session), () => this.#open(id, phone))
          : nothing
      }
      ${this.#button('closeSession', 'close', isLive(session), () =>
        this.#ask(id, 'close', () => phone.closeSession(id)),
      )}
    </td>`;
  }

  /** The open panel, in a row of its own below the session it is about. */
  below({ session, state }: Row): TemplateResult | typeof nothing {
    if (this.#panel?.sessionId !== session.id) return nothing;
    if (!isUp(session)) {
      this.#panel = null;
      return nothing;
    }
    return html`<tr role="row" class="below">
      <td role="cell" colspan="6">
        <div class="panel" part="panel">${this.#panel.render(session, state, this.#text)}</div>
      </td>
    </tr>`;
  }

  #button(name: PlainText, sign: IconName, usable: boolean, act: () => Promise<unknown>): TemplateResult {
    return html`<button
      type="button"
      class="action"
      part="action"
      data-action=${name}
      title=${this.#text(name)}
      aria-label=${this.#text(name)}
      aria-disabled=${optional(!usable && 'true')}
      @click=${() => usable && void act()}
    >
      ${icon(sign)}
    </button>`;
  }

  /** Gives a command, unless the page says no; whether it was confirmed. A failure is told on screen. */
  async #ask(
    id: string,
    action: OzekiSessionRequestEvent['action'],
    give: () => Promise<void>,
  ): Promise<boolean> {
    if (!this.#host.dispatchEvent(new OzekiSessionRequestEvent(id, action))) return false;
    this.failure = null;
    try {
      await give();
    } catch (error) {
      this.failure = (error as Partial<PhoneError>).code ?? 'internal';
    }
    this.#host.requestUpdate();
    return !this.failure;
  }

  /** Opens the panel below a row, or closes it. */
  async #open(id: string, phone: PhoneHandle): Promise<void> {
    if (this.#panel?.sessionId === id) return this.#close();
    await this.#transfer.load();
    const module = this.#transfer.get();
    this.failure = module ? null : 'load';
    this.#panel =
      module &&
      new module.SessionTransfer(id, {
        update: () => this.#host.requestUpdate(),
        close: () => this.#close(),
        send: async (leaving, to) => {
          if (await this.#ask(id, 'transfer', () => phone.transferSession(id, leaving, to))) this.#close();
        },
      });
    this.#focus('.panel input');
  }

  #close(): void {
    const id = this.#panel?.sessionId ?? '';
    this.#panel = null;
    this.#focus(`[data-row="${CSS.escape(id)}"] [data-action=transfer]`);
  }

  /** Moves the focus once it is drawn, unless the person has gone to do something elsewhere on the page. */
  #focus(selector: string): void {
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const root = this.#host.shadowRoot;
      const elsewhere = document.activeElement;
      if (root?.activeElement || !elsewhere || elsewhere === document.body)
        root?.querySelector<HTMLElement>(selector)?.focus();
    });
  }
}
