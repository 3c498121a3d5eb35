import { OzekiSessionList } from '../elements/ozeki-session-list/ozeki-session-list.js';
import { define } from './define.js';

define('ozeki-session-list', OzekiSessionList);

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-session-list': OzekiSessionList;
  }
}

export * from '../elements/ozeki-session-list/ozeki-session-list.js';
