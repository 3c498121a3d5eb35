import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: '通話',
  conference: '会議通話',
  conferenceWith: counts('ja', { other: '# 人との会議通話' }),
  mergeCalls: counts('ja', { other: '# 件の通話を統合' }),
  mergeHint: '統合する通話を選択',
  takeApart: '分割',
  chooseCall: (who) => `${who} を選択`,
};
