import type { ChatTexts } from './chat-texts.js';
import { speakEnglish } from './en.js';
import type { English } from './texts.js';

const parts: English<Omit<ChatTexts, 'unreadCount'>> = {
  chatWith: (who) => `Messages with ${who}`,
  writeTo: 'Number or extension',
  writeMessage: 'Write a message',
  sending: 'Sending…',
  sentWaitsFor: (who) => `Sent, waits for ${who}`,
  notSent: 'Not sent',
  charactersLeft: (count) => `${count} characters left`,
  saidBy: (who, what) => `${who}: ${what}`,
};

/** Says in English what a list of conversations, and one of them, says. */
export function speakChatParts(): void {
  speakEnglish(parts);
}
