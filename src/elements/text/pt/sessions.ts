import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Criada',
  Setup: 'Preparando',
  TransferSetup: 'Preparando transferência',
  Ringing: 'Tocando',
  InCall: 'Em chamada',
  CalleeOnHold: 'Destino em espera',
  CallerOnHold: 'Origem em espera',
  OnHold: 'Em espera',
  OnHoldInactive: 'Ambos em espera',
  TransferRequested: 'Transferência pedida',
  Transferring: 'Transferindo',
  TransferCompleted: 'Transferida',
  TransferFailed: 'Falha na transferência',
  CallerHungUp: 'Origem desligou',
  CalleeHungUp: 'Destino desligou',
  Redirected: 'Desviada',
  NotFound: 'Não encontrado',
  Busy: 'Ocupado',
  Cancelled: 'Cancelada',
  NotAnswered: 'Não atendida',
  Error: 'Erro',
  Aborted: 'Interrompida',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Sessões',
  sessionCount: counts('pt', { one: '# sessão', many: '# sessões', other: '# sessões' }),
  noSessions: 'Nenhuma sessão',
  noSessionsHint: 'As chamadas aparecem aqui assim que começam.',
  sessionsSignedOut: 'Entre para ver as sessões.',
  sessionsHidden: 'Esta central não mostra suas sessões.',
  caller: 'De',
  callee: 'Para',
  state: 'Estado',
  talkTime: 'Duração',
  started: 'Início',
  findSessions: 'Buscar sessões',
  sortBy: 'Ordenar por',
  noSuchSession: 'Nenhuma sessão encontrada.',
  sessionState: (state) => SESSION_STATE[state],
};
