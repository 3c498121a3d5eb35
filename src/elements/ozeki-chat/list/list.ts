/** The list of conversations of a chat. Loaded where one is shown. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { speakChatParts } from '../../text/en-chat-parts.js';
import type { Say } from '../../text/texts.js';
import type { Entry } from '../conversations.js';
import { moment, sameDay } from '../times.js';

export { listPartStyles as styles } from './list.styles.js';

speakChatParts();

/** What the list is drawn from. */
export interface ChatListView {
  readonly text: Say;
  readonly language: string;
  readonly list: readonly Entry[];
  readonly nameOf: (number: string) => string;
  readonly open: (number: string) => void;
  /** Brings those that were written before these; null where there are none. */
  readonly more: (() => void) | null;
  /** Stands in for a list with nothing in it. */
  readonly empty: TemplateResult;
}

/** A field for a new conversation, and those there are, the latest first. */
export function listView(view: ChatListView): TemplateResult {
  const { text, list, open, more, empty } = view;
  const unread = list.reduce((sum, one) => sum + one.unread, 0);
  return html`<form
      class="tools"
      novalidate
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const [field] = event.currentTarget as HTMLFormElement;
        open((field as HTMLInputElement).value.replace(/\s/g, ''));
      }}
    >
      <input
        class="search"
        inputmode="tel"
        autocomplete="off"
        maxlength="64"
        dir="auto"
        aria-label=${text('writeTo')}
        placeholder=${text('writeTo')}
      />
      <button class="filter" aria-pressed="true">${text('writeMessage')}</button>
    </form>
    ${
      list.length
        ? html`<div class="scroll" part="scroll">
            <ul class="rows" aria-label=${text('messages')}>
              ${repeat(
                list,
                ({ number }) => number,
                (entry) => entryView(entry, view),
              )}
            </ul>
            ${
              more
                ? html`<p class="more">
                    <button type="button" class="link" @click=${more}>${text('earlierMessages')}</button>
                  </p>`
                : nothing
            }
          </div>`
        : empty
    }
    <p class="visually-hidden" role="status">${unread ? text('unreadCount', unread) : ''}</p>`;
}

function entryView(
  { number, unread, text: last, at }: Entry,
  { text, language, nameOf, open }: ChatListView,
): TemplateResult {
  return html`<li data-row=${number} part="conversation">
    <button type="button" class=${unread ? 'row entry unread' : 'row entry'} @click=${() => open(number)}>
      <span class="fill">
        <b class="clip" part="name" dir="auto">${nameOf(number)}</b>
        <small class="clip" part="last" dir="auto">${last}</small>
      </span>
      <small class="number">${moment(at, language, sameDay(at, Date.now()) ? 'time' : 'day')}</small>
      ${
        unread
          ? html`<span class="badge" part="badge"
              ><span aria-hidden="true">${unread.toLocaleString(language)}</span
              ><span class="visually-hidden">${text('unreadCount', unread)}</span></span
            >`
          : nothing
      }
    </button>
  </li>`;
}
