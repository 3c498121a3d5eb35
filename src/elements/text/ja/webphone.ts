import type { WebphoneTexts } from '../webphone-texts.js';

export const webphone: WebphoneTexts = {
  phone: '電話',
  openPhone: '電話を開く',
  closePhone: '電話を閉じる',
  backToCall: '通話に戻る',
  history: '履歴',
  settings: '設定',
  language: '言語',
  signOut: 'サインアウト',
  newVoiceMessages: '新しい音声メッセージ',
};
