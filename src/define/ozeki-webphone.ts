import { OzekiWebphone } from '../elements/ozeki-webphone/ozeki-webphone.js';
import { define } from './define.js';
import './ozeki-client.js';
import './ozeki-call.js';
import './ozeki-dialpad.js';
import './ozeki-incoming-call.js';

// What a tab shows is loaded when somebody opens it.
OzekiWebphone.tags = {
  history: () => import('./ozeki-call-history.js'),
  contacts: () => import('./ozeki-contacts.js'),
  messages: () => import('./ozeki-chat.js'),
  calls: () => import('./ozeki-call-list.js'),
  settings: () => import('./ozeki-device-settings.js'),
};

define('ozeki-webphone', OzekiWebphone);
export * from '../elements/ozeki-webphone/ozeki-webphone.js';
