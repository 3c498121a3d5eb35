import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: '通話はありません',
  noCallHint: '番号をダイヤルするか、着信をお待ちください。',
  noPhone: 'サインインすると電話をかけたり受けたりできます。',
  onHold: '保留中',
  heldByOther: '相手が保留しています',
  preparing: 'マイクを許可してください…',
  calling: '発信中…',
  callRinging: '呼び出し中…',
  incomingCall: '着信',
  outgoingCall: '発信',
  callEnded: '通話終了',
  reconnecting: '再接続中…',
  outsideLine: '外線',
  unknownCaller: '不明な発信者',
  mediaConnecting: '音声を接続中…',
  addCall: '通話を追加',
  notLoaded: 'この部分を読み込めませんでした。もう一度お試しください。',
};
