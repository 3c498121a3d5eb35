import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Eingehende Anrufe',
  ignore: 'Ignorieren',
  notifyMe: 'Auch auf dem Desktop melden',
  callFrom: (who, line) => `Eingehender Anruf: ${who}${line && `, Außenleitung ${line}`}`,
};
