import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Chiamate in arrivo',
  ignore: 'Ignora',
  notifyMe: 'Avvisami anche sul desktop',
  callFrom: (who, line) => `Chiamata in arrivo: ${who}${line && `, linea esterna ${line}`}`,
};
