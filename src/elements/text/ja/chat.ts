import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'メッセージ',
  noMessages: 'まだメッセージはありません',
  noMessagesHint: '内線または番号にメッセージを送れます。',
  chatSignedOut: 'メッセージを見るにはサインインしてください。',
  chatFailed: 'メッセージを読み込めませんでした。',
  unreadCount: counts('ja', { other: '未読 # 件' }),
  chatWith: (who) => `${who} とのメッセージ`,
  writeTo: '番号または内線',
  writeMessage: 'メッセージを入力',
  send: '送信',
  earlierMessages: '以前のメッセージ',
  newMessages: '新しいメッセージ',
  sending: '送信中…',
  sent: '送信済み',
  delivered: '配信済み',
  sentWaitsFor: (who) => `送信済み、${who} の受信待ち`,
  notSent: '未送信',
  charactersLeft: counts('ja', { other: '残り # 文字' }),
  saidBy: (who, what) => `${who}: ${what}`,
};
