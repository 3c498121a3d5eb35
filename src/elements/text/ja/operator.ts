import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: '交換台',
  waiting: '待機中の着信',
  nobodyWaits: '待っている人はいません。',
  calls: '通話',
  noCalls: '通話中の人はいません。',
  ownCallsOnly: '自分の通話だけが表示されています。',
  findCalls: '通話と内線を検索',
  nothingFound: '該当するものはありません。',
  moreCalls: counts('ja', { other: 'ほか # 件。検索すると見つかります。' }),
  waitsFor: (caller, callee) => `${caller} が ${callee} を待っています`,
  moveParty: (who) => `${who} を転送`,
  dropHere: 'ここへ転送',
  choosePlace: (who) => `${who} を転送: 内線を選択してください。`,
  choosePlaceKeys: (who) => `${who} を転送: 矢印キーで内線に移動し、Enter キーを押してください。`,
  moving: (who, to) => `${who} を ${to} へ転送中…`,
  moved: (who, to) => `${who} を ${to} へつないでいます。`,
  notMoved: '転送しませんでした。',
  listenTo: (who) => `${who} をモニター`,
};
