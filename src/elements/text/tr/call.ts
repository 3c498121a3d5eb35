import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Çağrı yok',
  noCallHint: 'Bir numara çevirin ya da çağrı bekleyin.',
  noPhone: 'Aramak ve aranmak için oturum açın.',
  onHold: 'Beklemede',
  heldByOther: 'Karşı taraf beklemeye aldı',
  preparing: 'Mikrofona izin verin…',
  calling: 'Aranıyor…',
  callRinging: 'Çalıyor…',
  incomingCall: 'Gelen çağrı',
  outgoingCall: 'Giden çağrı',
  callEnded: 'Çağrı sona erdi',
  reconnecting: 'Yeniden bağlanıyor…',
  outsideLine: 'dış hat',
  unknownCaller: 'Bilinmeyen arayan',
  mediaConnecting: 'Ses bağlanıyor…',
  addCall: 'Yeni çağrı',
  notLoaded: 'Bu bölüm yüklenemedi. Yeniden deneyin.',
};
