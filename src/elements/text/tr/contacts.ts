import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Ara',
  loading: 'Yükleniyor…',
  tryAgain: 'Yeniden dene',
  contacts: 'Kişiler',
  searchContacts: 'Kişilerde ara',
  contactCount: counts('tr', { one: '# kişi', other: '# kişi' }),
  noContacts: 'Kişi yok',
  noContactsHint: 'Dahililer ve kişiler burada görünür.',
  noContactsFound: 'Kimse bulunamadı.',
  contactsSignedOut: 'Kişilerinizi görmek için oturum açın.',
  contactsFailed: 'Bazı kişiler yüklenemedi.',
  callTo: (who) => `Ara: ${who}`,
  videoTo: (who) => `Görüntülü ara: ${who}`,
  messageTo: (who) => `Mesaj yaz: ${who}`,
  moreWays: (who) => `Diğer iletişim yolları: ${who}`,
  phoneNumber: 'Telefon',
  mobileNumber: 'Cep',
};
