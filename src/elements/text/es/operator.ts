import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Panel de operadora',
  waiting: 'En cola',
  nobodyWaits: 'Nadie espera.',
  calls: 'Llamadas',
  noCalls: 'Nadie está en una llamada.',
  ownCallsOnly: 'Solo se muestran sus propias llamadas.',
  findCalls: 'Buscar llamadas y extensiones',
  nothingFound: 'Sin resultados.',
  moreCalls: counts('es', {
    one: '# más: búsquela para encontrarla.',
    many: '# más: busque para encontrarlas.',
    other: '# más: busque para encontrarlas.',
  }),
  waitsFor: (caller, callee) => `${caller} espera a ${callee}`,
  moveParty: (who) => `Transferir a ${who}`,
  dropHere: 'Transferir aquí',
  choosePlace: (who) => `Transferir a ${who}: elija una extensión.`,
  choosePlaceKeys: (who) => `Transferir a ${who}: vaya a una extensión con las flechas y pulse Intro.`,
  moving: (who, to) => `Transfiriendo a ${who} hacia ${to}…`,
  moved: (who, to) => `${who} va de camino a ${to}.`,
  notMoved: 'No se transfirió.',
  listenTo: (who) => `Escuchar a ${who}`,
};
