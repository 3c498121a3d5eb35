import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: '作成済み',
  Setup: '接続準備中',
  TransferSetup: '転送準備中',
  Ringing: '呼出中',
  InCall: '通話中',
  CalleeOnHold: '着信者を保留中',
  CallerOnHold: '発信者を保留中',
  OnHold: '保留中',
  OnHoldInactive: '双方保留中',
  TransferRequested: '転送要求',
  Transferring: '転送中',
  TransferCompleted: '転送済み',
  TransferFailed: '転送失敗',
  CallerHungUp: '発信者が切断',
  CalleeHungUp: '着信者が切断',
  Redirected: '別の番号へ転送',
  NotFound: '見つかりません',
  Busy: '話中',
  Cancelled: '取り消し',
  NotAnswered: '応答なし',
  Error: 'エラー',
  Aborted: '中断',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'セッション',
  sessionCount: counts('ja', { other: '# 件のセッション' }),
  noSessions: 'セッションはありません',
  noSessionsHint: '通話が始まるとここに表示されます。',
  sessionsSignedOut: 'セッションを見るにはサインインしてください。',
  sessionsHidden: 'この電話システムはセッションを表示しません。',
  caller: '発信者',
  callee: '着信者',
  state: '状態',
  talkTime: '通話時間',
  started: '開始',
  findSessions: 'セッションを検索',
  sortBy: '並べ替え',
  noSuchSession: '該当するセッションはありません。',
  sessionState: (state) => SESSION_STATE[state],
};
