import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Bejövő hívások',
  ignore: 'Mellőzés',
  notifyMe: 'Értesítés az asztalon is',
  callFrom: (who, line) => `Bejövő hívás: ${who}${line && `, külső vonal: ${line}`}`,
};
