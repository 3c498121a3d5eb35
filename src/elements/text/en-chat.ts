import type { ChatTexts } from './chat-texts.js';
import { enLists } from './en-lists.js';
import { speakEnglish } from './en.js';
import type { English } from './texts.js';

type Later = 'sentWaitsFor' | 'charactersLeft' | 'saidBy' | 'chatWith';

const chat: English<Omit<ChatTexts, Later>> = {
  ...enLists,
  noMessages: 'No messages yet',
  noMessagesHint: 'Write to an extension or a number.',
  chatSignedOut: 'Sign in to see your messages.',
  unreadCount: (count) => `${count} unread`,
  chatFailed: 'The messages could not be loaded.',
};

/** Says in English what a chat says from the start. */
export function speakChat(): void {
  speakEnglish(chat);
}
