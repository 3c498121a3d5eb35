import type { IncomingTexts } from '../incoming-texts.js';

export const incoming: IncomingTexts = {
  ringingCalls: 'المكالمات الواردة',
  ignore: 'تجاهل',
  notifyMe: 'إعلامي على سطح المكتب أيضًا',
  callFrom: (who, line) => `مكالمة واردة: ${who}${line && `، خط خارجي ${line}`}`,
};
