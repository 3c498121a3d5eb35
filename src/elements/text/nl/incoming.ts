import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Inkomende gesprekken',
  ignore: 'Negeren',
  notifyMe: 'Ook op het bureaublad melden',
  callFrom: (who, line) => `Inkomend gesprek: ${who}${line && `, buitenlijn ${line}`}`,
};
