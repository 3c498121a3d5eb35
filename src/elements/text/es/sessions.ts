import type { Session } from '../../../phone/state.js';
import { counts } from '../counts.js';
import type { GridTexts } from '../grid-texts.js';
import type { SessionTexts } from '../session-texts.js';

const SESSION_STATE: Record<Session['state'], string> = {
  Created: 'Creada',
  Setup: 'Estableciendo',
  TransferSetup: 'Preparando transferencia',
  Ringing: 'Sonando',
  InCall: 'En llamada',
  CalleeOnHold: 'Destino en espera',
  CallerOnHold: 'Origen en espera',
  OnHold: 'En espera',
  OnHoldInactive: 'Ambos en espera',
  TransferRequested: 'Transferencia pedida',
  Transferring: 'Transfiriendo',
  TransferCompleted: 'Transferida',
  TransferFailed: 'Transferencia fallida',
  CallerHungUp: 'Colgó el origen',
  CalleeHungUp: 'Colgó el destino',
  Redirected: 'Desviada',
  NotFound: 'No encontrado',
  Busy: 'Ocupado',
  Cancelled: 'Cancelada',
  NotAnswered: 'Sin respuesta',
  Error: 'Error',
  Aborted: 'Interrumpida',
};

export const sessions: SessionTexts & GridTexts = {
  sessions: 'Sesiones',
  sessionCount: counts('es', { one: '# sesión', many: '# sesiones', other: '# sesiones' }),
  noSessions: 'Ninguna sesión',
  noSessionsHint: 'Las llamadas aparecen aquí en cuanto empiezan.',
  sessionsSignedOut: 'Inicie sesión para ver las sesiones.',
  sessionsHidden: 'Esta centralita no muestra sus sesiones.',
  caller: 'Origen',
  callee: 'Destino',
  state: 'Estado',
  talkTime: 'Duración',
  started: 'Inicio',
  findSessions: 'Buscar sesiones',
  sortBy: 'Ordenar por',
  noSuchSession: 'No se encontraron sesiones.',
  sessionState: (state) => SESSION_STATE[state],
};
