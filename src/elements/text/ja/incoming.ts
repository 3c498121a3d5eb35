import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: '着信',
  ignore: '無視',
  notifyMe: 'デスクトップにも通知',
  callFrom: (who, line) => `着信: ${who}${line && `、外線 ${line}`}`,
};
