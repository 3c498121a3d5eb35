import type { ContactTexts } from '../contact-texts.js';
import { counts } from '../counts.js';

export const contacts: ContactTexts = {
  search: 'Buscar',
  loading: 'Cargando…',
  tryAgain: 'Reintentar',
  contacts: 'Contactos',
  searchContacts: 'Buscar contactos',
  contactCount: counts('es', { one: '# contacto', many: '# contactos', other: '# contactos' }),
  noContacts: 'Ningún contacto',
  noContactsHint: 'Las extensiones y personas aparecen aquí en cuanto las haya.',
  noContactsFound: 'No se encontró a nadie.',
  contactsSignedOut: 'Inicie sesión para ver sus contactos.',
  contactsFailed: 'No se pudieron cargar algunos contactos.',
  callTo: (who) => `Llamar a ${who}`,
  videoTo: (who) => `Videollamada con ${who}`,
  messageTo: (who) => `Escribir a ${who}`,
  moreWays: (who) => `Más formas de contactar con ${who}`,
  phoneNumber: 'Teléfono',
  mobileNumber: 'Móvil',
};
