import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Oluşturuldu',
  Setup: 'Kuruluyor',
  TransferSetup: 'Aktarma kuruluyor',
  Ringing: 'Çalıyor',
  InCall: 'Görüşmede',
  CalleeOnHold: 'Aranan beklemede',
  CallerOnHold: 'Arayan beklemede',
  OnHold: 'Beklemede',
  OnHoldInactive: 'İkisi de beklemede',
  TransferRequested: 'Aktarma istendi',
  Transferring: 'Aktarılıyor',
  TransferCompleted: 'Aktarıldı',
  TransferFailed: 'Aktarma başarısız',
  CallerHungUp: 'Arayan kapattı',
  CalleeHungUp: 'Aranan kapattı',
  Redirected: 'Yönlendirildi',
  NotFound: 'Bulunamadı',
  Busy: 'Meşgul',
  Cancelled: 'İptal edildi',
  NotAnswered: 'Yanıtlanmadı',
  Error: 'Hata',
  Aborted: 'Kesildi',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Görüşmeler',
  sessionCount: counts('tr', { one: '# görüşme', other: '# görüşme' }),
  noSessions: 'Görüşme yok',
  noSessionsHint: 'Çağrılar başlar başlamaz burada görünür.',
  sessionsSignedOut: 'Görüşmeleri görmek için oturum açın.',
  sessionsHidden: 'Bu santral görüşmelerini göstermiyor.',
  caller: 'Arayan',
  callee: 'Aranan',
  state: 'Durum',
  talkTime: 'Süre',
  started: 'Başlangıç',
  findSessions: 'Görüşmelerde ara',
  sortBy: 'Sırala',
  noSuchSession: 'Görüşme bulunamadı.',
  sessionState: (state) => SESSION_STATE[state],
};
