import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Appels entrants',
  ignore: 'Ignorer',
  notifyMe: 'Me prévenir aussi sur le bureau',
  callFrom: (who, line) => `Appel entrant : ${who}${line && `, ligne extérieure ${line}`}`,
};
