import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Chamadas recebidas',
  ignore: 'Ignorar',
  notifyMe: 'Avisar também na área de trabalho',
  callFrom: (who, line) => `Chamada recebida: ${who}${line && `, linha externa ${line}`}`,
};
