/** The phone system itself as a party that controls calls of others: it may do everything. */
import { PRIVILEGES } from '../../protocol/index.js';
import type { Contact } from '../registrar/index.js';

export const CONTROLLER: Contact = {
  id: 'controller',
  identity: { number: '', name: '', kind: 'extension', privileges: [...PRIVILEGES] },
  account: { id: '', name: '', kind: 'extension', type: 'Controller' },
  rings: null,
  tell: () => {},
};
