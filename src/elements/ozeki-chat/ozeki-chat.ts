import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PhoneControl, PhoneNews } from '../../phone/control/control.js';
import type { OzekiChatOpenEvent } from '../common/chat-open-event.js';
import { askForPhone, providers } from '../common/context.js';
import { ControlController } from '../common/control-controller.js';
import { controls } from '../common/controls.styles.js';
import { outline } from '../common/icons.js';
import { Lazy } from '../common/lazy.js';
import { listStyles } from '../common/list.styles.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { property, state } from '../common/property.js';
import { Roving } from '../common/roving.js';
import { Seen } from '../common/seen.js';
import { tokens } from '../common/tokens.styles.js';
import { speakChat } from '../text/en-chat.js';
import type { Bubble, ThreadHost } from './chat.js';
import { Conversations } from './conversations.js';
import { OzekiUnreadChangeEvent } from './events.js';
import { styles } from './ozeki-chat.styles.js';
import type { Thread } from './thread/thread.js';

export type * from '../common/chat-open-event.js';
export type * from './events.js';

speakChat();

const BACK = 'M15 5l-7 7 7 7';

/**
 * @customElement
 * @tagname ozeki-chat
 * @summary Text messages with extensions and numbers: the conversations, and what was written in one of them.
 *
 * The phone system keeps conversations for a while, so that they are there after a reload and on every phone of an
 * extension. Messages are shown as they were written, never as HTML, and addresses in them are no links. Enter sends,
 * Shift+Enter begins a new line.
 *
 * It opens the conversation that `<ozeki-contacts messages>` of the same phone asks for.
 *
 * ```html
 * <ozeki-chat with="1002"></ozeki-chat>
 * ```
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @event {OzekiMessageRequestEvent} ozeki-message-request - Before a message is sent; `to` is the number. Bubbles; `preventDefault()` keeps the element from sending it.
 * @event {OzekiUnreadChangeEvent} ozeki-unread-change - How many messages are unread has changed. Does not bubble.
 *
 * @slot empty - Shown while there is no conversation, instead of the kit's own words.
 *
 * @csspart base - The card.
 * @csspart bar - The head line.
 * @csspart back - The button that goes back to the conversations.
 * @csspart conversation - A conversation in the list.
 * @csspart name - With whom.
 * @csspart last - The last message.
 * @csspart badge - How many messages are unread.
 * @csspart log - The messages of a conversation.
 * @csspart received - A message that came.
 * @csspart sent - A message that was written here.
 * @csspart bubble - The text of a message.
 * @csspart composer - Where one writes.
 * @csspart input - The field for the text.
 * @csspart send - The button that sends.
 * @csspart notice - Why something did not work.
 * @csspart icon - Every icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - Messages that came.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Texts.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Times and states.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - One's own messages, the send button and the focus ring.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - The number of unread messages.
 * @cssproperty [--ozeki-size-list=360px] - The height of a conversation.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate empty - There is no conversation.
 * @cssstate unread - There are unread messages.
 * @cssstate open - A conversation is shown.
 */
export class OzekiChat extends OzekiElement {
  static override styles = [tokens, controls, listStyles, styles];

  /** The number to write with; the list of conversations is not shown then. */
  @property() with = '';
  /** Shows the conversation with the other party of the selected call, while there is one. */
  @property({ type: Boolean, attribute: 'follow-call' }) followCall = false;

  @state() private chosen = '';
  @state() private failed = false;
  @state() private loading = false;

  readonly #phone = new PhoneController(
    this,
    ({ connection, identity, capabilities, extensions, calls, selectedCallId }) => [
      ...[connection.status, identity, capabilities, extensions],
      calls.find(({ id }) => id === selectedCallId)?.remote.number,
    ],
  );
  readonly #link = new ControlController(this, this.#phone, {
    needs: 'messages',
    ready: (control) => void this.#load(control),
    news: (news) => this.#hear(news),
    gone: () => {
      this.#conversations.forget();
      this.#thread = null;
    },
  });
  readonly #seen = new Seen(this);
  readonly #part = new Lazy(this, () => import('./thread/thread.js'));
  readonly #listPart = new Lazy(this, () => import('./list/list.js'));
  readonly #conversations = new Conversations();
  #thread: Thread | null = null;
  #unread = 0;
  /** The focus goes where the conversation or the list is, as soon as that is here. */
  #moving = false;

  constructor() {
    super();
    new Roving(this);
  }

  /** How many messages are unread, in all conversations. */
  get unread(): number {
    return this.#conversations.unread;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('ozeki-chat-open', this.#asked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('ozeki-chat-open', this.#asked);
  }

  /** With whom the conversation is that is shown; empty for the list. */
  get #other(): string {
    const { state } = this.#phone;
    const call = this.followCall && state?.calls.find(({ id }) => id === state.selectedCallId);
    return this.with || (call && call.state !== 'ended' && call.remote.number) || this.chosen;
  }

  protected override willUpdate(): void {
    const other = this.#other;
    if (!other || other !== this.#thread?.number) this.#thread = null;
    const module = other && this.#link.control ? this.#part.get() : null;
    if (module) this.#thread ??= new module.Thread(this.#threadHost, other);
    if (this.#thread && this.#seen.now && this.#conversations.see(other))
      this.#link.control?.seeMessages(other).catch(() => {});
    const { unread, list } = this.#conversations;
    if (unread !== this.#unread) this.dispatchEvent(new OzekiUnreadChangeEvent((this.#unread = unread)));
    this.setState('empty', !list.length);
    this.setState('unread', unread > 0);
    this.setState('open', !!other);
  }

  protected override updated(changed: PropertyValues): void {
    this.#thread?.updated();
    // Who opens a conversation goes on in it, and who goes back is in the list; perhaps once its part is here.
    if (changed.has('chosen') && changed.get('chosen') !== undefined) this.#moving = true;
    if (!this.#moving) return;
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
    const next = this.#other ? find('textarea') : (find('[data-row] button') ?? find('input'));
    if (next) this.#moving = false;
    next?.focus();
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const other = this.#other;
    const title = other ? this.#nameOf(other) : text('messages');
    const fixed = !this.chosen || other !== this.chosen;
    return html`<div class="base" part="base" role="group" aria-label=${text('messages')}>
      <div class="bar" part="bar">
        ${
          other && !fixed
            ? html`<button
                type="button"
                class="back"
                part="back"
                aria-label=${text('back')}
                @click=${() => (this.chosen = '')}
              >
                ${outline(BACK)}
              </button>`
            : nothing
        }
        <h2 class="clip" dir="auto">${title}</h2>
        ${other && title !== other ? html`<span class="muted number">${other}</span>` : nothing}
      </div>
      ${this.#body(other)}
    </div>`;
  }

  #body(other: string): TemplateResult {
    const { text } = this;
    const { state } = this.#phone;
    if (!state?.identity) {
      const connecting = state?.connection.status === 'connecting';
      return this.#empty(text('noMessages'), text(connecting ? 'connecting' : 'chatSignedOut'));
    }
    if (this.failed || this.#part.failed || this.#listPart.failed || this.#link.failed)
      return html`<p class="notice" part="notice" role="alert">
        ${text('chatFailed')}
        <button type="button" class="link" @click=${this.#retry}>${text('tryAgain')}</button>
      </p>`;
    if (other)
      return (
        this.#thread?.render(state.connection.status === 'connected') ??
        html`<div class="empty"><p class="muted" role="status">${text('loading')}</p></div>`
      );
    return this.#list();
  }

  #list(): TemplateResult {
    const { text } = this;
    const part = this.#listPart.get();
    if (!part) return html`<div class="empty"><p class="muted" role="status">${text('loading')}</p></div>`;
    const { list } = this.#conversations;
    const empty =
      this.loading && !list.length
        ? html`<div class="empty"><p class="muted" role="status">${text('loading')}</p></div>`
        : this.#empty(text('noMessages'), text('noMessagesHint'));
    const open = (number: string) => (this.chosen = number);
    return part.listView({
      ...{ text, language: this.language.code, list, nameOf: this.#nameOf, open, empty },
      more: this.#conversations.more && !this.loading ? this.#earlier : null,
    });
  }

  #empty(title: string, hint: string): TemplateResult {
    return html`<div class="empty">
      <slot name="empty"
        ><b>${title}</b>
        <p class="muted">${hint}</p></slot
      >
    </div>`;
  }

  readonly #earlier = (): void => {
    const { control } = this.#link;
    if (control) void this.#load(control, this.#conversations.pages);
  };

  async #load(control: PhoneControl, page = 0): Promise<void> {
    this.failed = false;
    this.loading = true;
    try {
      const found = await control.conversations({ page });
      if (control === this.#link.control) {
        if (!page) this.#conversations.forget();
        this.#conversations.take(found, this.#phone.state!.clockOffset);
      }
    } catch {
      // The phone tells what went wrong; here one can try again.
      this.failed = true;
    }
    this.loading = false;
    this.requestUpdate();
  }

  readonly #retry = (): void => {
    const { control } = this.#link;
    this.#link.retry();
    for (const part of [this.#part, this.#listPart]) if (part.failed) void part.load();
    if (control) void this.#load(control);
  };

  #hear(news: PhoneNews): void {
    const { calls, clockOffset } = this.#phone.state!;
    switch (news.type) {
      case 'text-message':
        this.#came(news.message.from.number, news.message.from.name, news.message, clockOffset);
        break;
      case 'message': {
        // In a call; the phone system keeps no such message.
        const call = calls.find(({ id }) => id === news.message.callId);
        if (call) this.#came(call.remote.number, call.remote.name, news.message, clockOffset);
        break;
      }
      case 'message-sent':
        this.#came(news.message.to.number, news.message.to.name, news.message, clockOffset, true);
        break;
      case 'message-report': {
        const { id, delivered, kept } = news.report;
        this.#thread?.hear({
          type: 'report',
          id,
          state: delivered ? 'delivered' : kept ? 'waiting' : 'failed',
        });
        break;
      }
      case 'messages-seen':
        this.#conversations.see(news.with);
        this.requestUpdate();
    }
  }

  #came(
    number: string,
    name: string,
    { id, text, at }: { id: string; text: string; at: number },
    offset: number,
    mine = false,
  ): void {
    const bubble: Bubble = { id, mine, text, at: at - offset, state: mine ? 'sent' : 'delivered' };
    this.#conversations.add(number, name, bubble);
    if (this.#thread?.number === number) this.#thread.hear({ type: 'came', bubble });
    this.requestUpdate();
  }

  readonly #nameOf = (number: string): string => {
    const { extensions, calls } = this.#phone.state ?? { extensions: [], calls: [] };
    return (
      extensions.find(({ id }) => id === number)?.name ||
      this.#conversations.nameOf(number) ||
      calls.find(({ remote }) => remote.number === number)?.remote.name ||
      number
    );
  };

  readonly #asked = (event: OzekiChatOpenEvent): void => {
    const from = event.composedPath()[0] as HTMLElement & { client?: string };
    const phone = from.client ? providers.find(from.client)?.phone : askForPhone(from);
    if (event.defaultPrevented || this.with || !phone || phone !== this.#phone.phone) return;
    this.chosen = event.detail.number;
  };

  readonly #threadHost: ThreadHost = {
    host: this,
    text: this.text,
    language: () => this.language.code,
    problem: (code) => this.problem(code),
    phone: () => this.#phone.phone!,
    control: () => this.#link.control,
    nameOf: this.#nameOf,
    wrote: (number, bubble) => {
      this.#conversations.add(number, '', bubble);
      this.requestUpdate();
    },
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-chat': OzekiChat;
  }
}
