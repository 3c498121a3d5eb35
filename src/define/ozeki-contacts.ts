import { OzekiContacts } from '../elements/ozeki-contacts/ozeki-contacts.js';
import { define } from './define.js';

define('ozeki-contacts', OzekiContacts);
export * from '../elements/ozeki-contacts/ozeki-contacts.js';
