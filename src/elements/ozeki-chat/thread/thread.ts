/** One conversation of a chat: what was written, and where one writes. Loaded when one is opened. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { KeptMessage } from '../../../phone/control/control.js';
import type { PhoneError } from '../../../phone/handle.js';
import type { ProblemCode } from '../../../phone/state.js';
import { optional } from '../../common/optional.js';
import { speakChatParts } from '../../text/en-chat-parts.js';
import type { Bubble, ThreadHost, ThreadNews } from '../chat.js';
import { OzekiMessageRequestEvent } from '../events.js';
import { moment, sameDay } from '../times.js';

export { threadStyles as styles } from './thread.styles.js';

speakChatParts();

/** The longest message, in characters; the phone system takes no longer one. */
const MAX_LENGTH = 4000;
/** From here on it is said how many are left. */
const SHORT_OF = 200;
/** So close to the end counts as at the end, in pixels. */
const CLOSE = 32;

export class Thread {
  #bubbles: readonly Bubble[] = [];
  #more = false;
  #loading = false;
  #failed = false;
  #failure: ProblemCode | null = null;
  /** What was said of a message before it was known here. */
  readonly #early = new Map<string, Bubble['state']>();
  #left = MAX_LENGTH;
  #atEnd = true;
  /** Something came while an earlier place was being read. */
  #below = false;
  /** How far the end was from the top when earlier messages were asked for. */
  #height = 0;
  /** What is read aloud. */
  #said = '';
  #made = 0;
  readonly #chat: ThreadHost;

  constructor(
    chat: ThreadHost,
    readonly number: string,
  ) {
    this.#chat = chat;
    void this.load();
  }

  /** Loads the latest messages, or those before what is there. */
  async load(earlier = false): Promise<void> {
    const control = this.#chat.control();
    if (!control || this.#loading) return;
    this.#loading = true;
    this.#failed = false;
    this.#changed();
    try {
      const before = earlier ? this.#bubbles.find(({ id }) => !id.startsWith('new-'))?.id : undefined;
      const { messages, more } = await control.messages({ with: this.number, before });
      const kept = messages.map((message) => this.#kept(message)).reverse();
      const known = new Set(kept.map(({ id }) => id));
      this.#height = earlier ? (this.#log?.scrollHeight ?? 0) - (this.#log?.scrollTop ?? 0) : 0;
      this.#bubbles = [...kept, ...this.#bubbles.filter(({ id }) => !known.has(id))];
      this.#more = more;
    } catch {
      // The phone tells what went wrong; here one can try again.
      this.#failed = true;
    }
    this.#loading = false;
    this.#changed();
  }

  hear(news: ThreadNews): void {
    if (news.type === 'report') {
      this.#early.set(news.id, news.state);
      this.#patch(news.id, { state: news.state });
      return;
    }
    const { bubble } = news;
    if (this.#bubbles.some(({ id }) => id === bubble.id)) return;
    this.#bubbles = [...this.#bubbles, { ...bubble, state: this.#early.get(bubble.id) ?? bubble.state }];
    // What this person writes on another phone is no news.
    if (!bubble.mine) this.#said = this.#chat.text('saidBy', this.#chat.nameOf(this.number), bubble.text);
    this.#below = !this.#atEnd;
    this.#changed();
  }

  /** After a rendering: stays at the end, or at what was being read. */
  updated(): void {
    const log = this.#log;
    if (!log) return;
    if (this.#height) log.scrollTop = log.scrollHeight - this.#height;
    else if (this.#atEnd) log.scrollTop = log.scrollHeight;
    this.#height = 0;
  }

  render(usable: boolean): TemplateResult {
    const { text } = this.#chat;
    const name = this.#chat.nameOf(this.number);
    return html`<div
        class="log"
        part="log"
        tabindex="0"
        role="group"
        aria-label=${text('chatWith', name)}
        @scroll=${this.#scrolled}
      >
        ${
          this.#more
            ? html`<button type="button" class="link" @click=${() => void this.load(true)}>
                ${text('earlierMessages')}
              </button>`
            : nothing
        }
        ${this.#loading ? html`<p class="muted">${text('loading')}</p>` : nothing}
        <ol class="bubbles" aria-label=${text('chatWith', name)}>
          ${repeat(
            this.#bubbles,
            ({ id }) => id,
            (bubble, index) => this.#bubble(bubble, this.#bubbles[index - 1], this.#bubbles[index + 1]),
          )}
        </ol>
      </div>
      ${
        this.#below
          ? html`<button type="button" class="button plain below" @click=${this.#toEnd}>
              ${text('newMessages')} ↓
            </button>`
          : nothing
      }
      <div role="alert">
        ${this.#failure ? html`<p class="notice" part="notice">${this.#chat.problem(this.#failure)}</p>` : nothing}
        ${
          this.#failed
            ? html`<p class="notice" part="notice">
                ${text('chatFailed')}
                <button type="button" class="link" @click=${() => void this.load()}>
                  ${text('tryAgain')}
                </button>
              </p>`
            : nothing
        }
      </div>
      <form
        class="composer"
        part="composer"
        novalidate
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          this.#write(usable);
        }}
      >
        <textarea
          class="fill"
          part="input"
          rows="1"
          dir="auto"
          maxlength=${MAX_LENGTH}
          aria-label=${text('writeMessage')}
          placeholder=${text('writeMessage')}
          @input=${this.#typed}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            this.#write(usable);
          }}
        ></textarea>
        <button class="button" part="send" aria-disabled=${optional(!usable && 'true')}>
          ${text('send')}
        </button>
        ${
          this.#left < SHORT_OF
            ? html`<small class="muted" role="status">${text('charactersLeft', this.#left)}</small>`
            : nothing
        }
      </form>
      <p class="visually-hidden" role="status">${this.#said}</p>`;
  }

  #bubble(bubble: Bubble, before?: Bubble, after?: Bubble): TemplateResult {
    const { text, language, nameOf } = this.#chat;
    const { mine, state, at } = bubble;
    const last = mine && !after?.mine;
    const words =
      state === 'waiting'
        ? text('sentWaitsFor', nameOf(this.number))
        : text(state === 'failed' ? 'notSent' : state);
    return html`${
        before && sameDay(before.at, at)
          ? nothing
          : html`<li class="day muted">${moment(at, language(), 'day')}</li>`
      }
      <li class=${mine ? 'mine' : 'theirs'} part=${mine ? 'sent' : 'received'}>
        <p class="bubble" part="bubble" dir="auto">${bubble.text}</p>
        <small class="muted"
          >${moment(at, language(), 'time')}${mine && (last || state === 'failed') ? html`${' · '}${words}` : nothing}
          ${
            state === 'failed'
              ? html`<button type="button" class="link" @click=${() => this.#again(bubble)}>
                  ${text('tryAgain')}
                </button>`
              : nothing
          }</small
        >
      </li>`;
  }

  #write(usable: boolean): void {
    const field = this.#field;
    const text = field?.value.trim();
    if (!field || !text || !usable) return field?.focus();
    if (!this.#chat.host.dispatchEvent(new OzekiMessageRequestEvent(this.number))) return;
    field.value = '';
    this.#left = MAX_LENGTH;
    void this.#send(text);
  }

  #again({ id, text }: Bubble): void {
    this.#bubbles = this.#bubbles.filter((one) => one.id !== id);
    void this.#send(text);
  }

  async #send(text: string): Promise<void> {
    const control = this.#chat.control();
    const { calls, identity } = this.#chat.phone().getState();
    const id = `new-${++this.#made}`;
    const bubble: Bubble = { id, mine: true, text, at: Date.now(), state: 'sending' };
    this.#bubbles = [...this.#bubbles, bubble];
    this.#atEnd = true;
    this.#failure = null;
    this.#changed();
    // A visitor may write to whom it talks with, and otherwise only to the number of the web site.
    const call =
      identity?.kind === 'line' &&
      calls.find(({ state, remote }) => state === 'active' && remote.number === this.number);
    try {
      if (!control) throw new Error('There is no phone system to send it.');
      const sent = await (call
        ? control.sendMessage(call.id, text)
        : control.sendMessageTo(this.number, text));
      this.#patch(id, { id: sent, state: call ? 'delivered' : (this.#early.get(sent) ?? 'sent') });
      this.#chat.wrote(this.number, bubble);
    } catch (error) {
      this.#failure = (error as Partial<PhoneError>).code ?? 'internal';
      this.#patch(id, { state: 'failed' });
    }
  }

  #kept({ id, from, text, at, state }: KeptMessage): Bubble {
    const { identity, clockOffset } = this.#chat.phone().getState();
    const mine = from.number === identity?.number;
    return { id, mine, text, at: at - clockOffset, state: this.#early.get(id) ?? state };
  }

  #patch(id: string, change: Partial<Bubble>): void {
    this.#bubbles = this.#bubbles.map((one) => (one.id === id ? { ...one, ...change } : one));
    this.#changed();
  }

  readonly #typed = (): void => {
    this.#left = MAX_LENGTH - (this.#field?.value.length ?? 0);
    this.#changed();
  };

  readonly #scrolled = (): void => {
    // A scrolling that ends after the conversation is closed has nothing to say.
    const log = this.#log;
    if (!log) return;
    this.#atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < CLOSE;
    if (!this.#atEnd || !this.#below) return;
    this.#below = false;
    this.#changed();
  };

  readonly #toEnd = (): void => {
    this.#atEnd = true;
    this.#below = false;
    this.#changed();
  };

  get #log(): HTMLElement | null {
    return this.#chat.host.shadowRoot!.querySelector('.log');
  }

  get #field(): HTMLTextAreaElement | null {
    return this.#chat.host.shadowRoot!.querySelector('textarea');
  }

  #changed(): void {
    this.#chat.host.requestUpdate();
  }
}
