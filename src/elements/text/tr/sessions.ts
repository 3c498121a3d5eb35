import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
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
  Cancelled: 'Vazgeçildi',
  NotAnswered: 'Yanıtlanmadı',
  Error: 'Hata',
  Aborted: 'Kesildi',
};

export const sessions: SessionTexts = {
  sessions: 'Oturumlar',
  sessionCount: counts('tr', { one: '# oturum', other: '# oturum' }),
  noSessions: 'Oturum yok',
  noSessionsHint: 'Çağrılar başlar başlamaz burada görünür.',
  sessionsSignedOut: 'Oturumları görmek için giriş yapın.',
  sessionsHidden: 'Bu santral oturumlarını göstermiyor.',
  caller: 'Arayan',
  callee: 'Aranan',
  state: 'Durum',
  talkTime: 'Süre',
  started: 'Başlangıç',
  sessionState: (state) => SESSION_STATE[state],
};
