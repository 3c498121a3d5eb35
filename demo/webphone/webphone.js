/** The phone's page: whoever was chosen on another page is signed in. */
import { chooseAccount } from '../accounts.js';
import '../site.js';

chooseAccount(document.querySelector('#phone'), { again: true });
