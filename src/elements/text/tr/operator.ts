import { counts } from '../counts.js';
import type { OperatorTexts } from '../operator-texts.js';

export const operator: OperatorTexts = {
  operatorPanel: 'Operatör paneli',
  waiting: 'Bekleyenler',
  nobodyWaits: 'Bekleyen yok.',
  calls: 'Çağrılar',
  noCalls: 'Görüşmede kimse yok.',
  ownCallsOnly: 'Yalnızca kendi çağrılarınız gösteriliyor.',
  findCalls: 'Çağrı ve dahili ara',
  nothingFound: 'Sonuç yok.',
  moreCalls: counts('tr', {
    one: '# tane daha: bulmak için arayın.',
    other: '# tane daha: bulmak için arayın.',
  }),
  waitsFor: (caller, callee) => `${caller} bekliyor: ${callee}`,
  moveParty: (who) => `Aktar: ${who}`,
  dropHere: 'Buraya aktar',
  choosePlace: (who) => `Aktar: ${who}. Bir dahili seçin.`,
  choosePlaceKeys: (who) => `Aktar: ${who}. Ok tuşlarıyla bir dahiliye gidip Enter’a basın.`,
  moving: (who, to) => `Aktarılıyor: ${who} → ${to}…`,
  moved: (who, to) => `${who} yolda: ${to}.`,
  notMoved: 'Aktarılmadı.',
  listenTo: (who) => `Dinle: ${who}`,
};
