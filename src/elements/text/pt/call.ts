import type { CallTexts } from '../call-texts.js';

export const call: CallTexts = {
  noCall: 'Nenhuma chamada',
  noCallHint: 'Disque um número ou aguarde uma chamada.',
  noPhone: 'Entre para fazer e receber chamadas.',
  onHold: 'Em espera',
  heldByOther: 'Colocado em espera pela outra parte',
  preparing: 'Permita o microfone…',
  calling: 'Ligando…',
  callRinging: 'Chamando…',
  incomingCall: 'Chamada recebida',
  outgoingCall: 'Chamada efetuada',
  callEnded: 'Chamada encerrada',
  reconnecting: 'Reconectando…',
  outsideLine: 'linha externa',
  unknownCaller: 'Desconhecido',
  mediaConnecting: 'Conectando o som…',
  addCall: 'Nova chamada',
  notLoaded: 'Não foi possível carregar esta parte. Tente de novo.',
};
