import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Poste opérateur',
  waiting: 'En attente de réponse',
  nobodyWaits: 'Personne n’attend.',
  calls: 'Appels',
  noCalls: 'Personne n’est en communication.',
  ownCallsOnly: 'Seuls vos propres appels sont affichés.',
  findCalls: 'Rechercher des appels et des postes',
  nothingFound: 'Aucun résultat.',
  moreCalls: counts('fr', {
    one: '# de plus : recherchez pour le trouver.',
    many: '# de plus : recherchez pour les trouver.',
    other: '# de plus : recherchez pour les trouver.',
  }),
  waitsFor: (caller, callee) => `${caller} attend ${callee}`,
  moveParty: (who) => `Transférer ${who}`,
  dropHere: 'Transférer ici',
  choosePlace: (who) => `Transférer ${who} : choisissez un poste.`,
  choosePlaceKeys: (who) => `Transférer ${who} : allez à un poste avec les flèches et appuyez sur Entrée.`,
  moving: (who, to) => `Transfert de ${who} vers ${to}…`,
  moved: (who, to) => `${who} est en route vers ${to}.`,
  notMoved: 'Non transféré.',
  listenTo: (who) => `Écouter ${who}`,
};
