/** An operator's page: the supervisor, unless somebody else was chosen. */
import { chooseAccount } from '../accounts.js';
import '../site.js';

chooseAccount(document.querySelector('ozeki-client'), { again: true, first: '1004' });
