import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Gelen çağrılar',
  ignore: 'Yok say',
  notifyMe: 'Masaüstünde de bildir',
  callFrom: (who, line) => `Gelen çağrı: ${who}${line && `, dış hat: ${line}`}`,
};
