import type { ChatTexts } from '../chat-texts.js';
import { counts } from '../counts.js';

export const chat: ChatTexts = {
  messages: 'Mesajlar',
  noMessages: 'Henüz mesaj yok',
  noMessagesHint: 'Bir dahiliye ya da numaraya yazın.',
  chatSignedOut: 'Mesajlarınızı görmek için oturum açın.',
  chatFailed: 'Mesajlar yüklenemedi.',
  unreadCount: counts('tr', { one: '# okunmamış', other: '# okunmamış' }),
  chatWith: (who) => `Mesajlar: ${who}`,
  writeTo: 'Numara veya dahili',
  writeMessage: 'Mesaj yaz',
  send: 'Gönder',
  earlierMessages: 'Önceki mesajlar',
  newMessages: 'Yeni mesajlar',
  sending: 'Gönderiliyor…',
  sent: 'Gönderildi',
  delivered: 'Teslim edildi',
  sentWaitsFor: (who) => `Gönderildi, bekleniyor: ${who}`,
  notSent: 'Gönderilmedi',
  charactersLeft: counts('tr', { one: '# karakter kaldı', other: '# karakter kaldı' }),
  saidBy: (who, what) => `${who}: ${what}`,
};
