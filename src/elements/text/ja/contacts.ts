import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: '検索',
  loading: '読み込み中…',
  tryAgain: '再試行',
  contacts: '連絡先',
  searchContacts: '連絡先を検索',
  contactCount: counts('ja', { other: '# 件の連絡先' }),
  noContacts: '連絡先はありません',
  noContactsHint: '内線とユーザーがここに表示されます。',
  noContactsFound: '見つかりませんでした。',
  contactsSignedOut: '連絡先を見るにはサインインしてください。',
  contactsFailed: '一部の連絡先を読み込めませんでした。',
  callTo: (who) => `${who} に発信`,
  videoTo: (who) => `${who} とビデオ通話`,
  messageTo: (who) => `${who} にメッセージ`,
  moreWays: (who) => `${who} への他の連絡方法`,
  phoneNumber: '電話',
  mobileNumber: '携帯',
};
