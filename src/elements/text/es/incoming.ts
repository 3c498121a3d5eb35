import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'Llamadas entrantes',
  ignore: 'Ignorar',
  notifyMe: 'Avisarme también en el escritorio',
  callFrom: (who, line) => `Llamada entrante: ${who}${line && `, línea exterior ${line}`}`,
};
