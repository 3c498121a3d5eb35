import { OzekiCallList } from '../elements/ozeki-call-list/ozeki-call-list.js';
import { define } from './define.js';

define('ozeki-call-list', OzekiCallList);
export * from '../elements/ozeki-call-list/ozeki-call-list.js';
