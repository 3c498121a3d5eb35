import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Połączenia przychodzące',
  ignore: 'Ignoruj',
  notifyMe: 'Powiadamiaj też na pulpicie',
  callFrom: (who, line) => `Połączenie przychodzące: ${who}${line && `, linia zewnętrzna ${line}`}`,
};
