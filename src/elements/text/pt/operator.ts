import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Mesa de operação',
  waiting: 'Na fila',
  nobodyWaits: 'Ninguém está na fila.',
  calls: 'Chamadas',
  noCalls: 'Ninguém está em chamada.',
  ownCallsOnly: 'Só as suas próprias chamadas são mostradas.',
  findCalls: 'Buscar chamadas e ramais',
  nothingFound: 'Nada encontrado.',
  moreCalls: counts('pt', {
    one: 'Mais #: busque para encontrá-la.',
    many: 'Mais #: busque para encontrá-las.',
    other: 'Mais #: busque para encontrá-las.',
  }),
  waitsFor: (caller, callee) => `${caller} espera por ${callee}`,
  moveParty: (who) => `Transferir ${who}`,
  dropHere: 'Transferir para cá',
  choosePlace: (who) => `Transferir ${who}: escolha um ramal.`,
  choosePlaceKeys: (who) => `Transferir ${who}: vá a um ramal com as setas e pressione Enter.`,
  moving: (who, to) => `Transferindo ${who} para ${to}…`,
  moved: (who, to) => `${who} está a caminho de ${to}.`,
  notMoved: 'Não transferida.',
  listenTo: (who) => `Ouvir ${who}`,
};
