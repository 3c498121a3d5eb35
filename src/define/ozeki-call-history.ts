import { OzekiCallHistory } from '../elements/ozeki-call-history/ozeki-call-history.js';
import { define } from './define.js';

define('ozeki-call-history', OzekiCallHistory);
export * from '../elements/ozeki-call-history/ozeki-call-history.js';
