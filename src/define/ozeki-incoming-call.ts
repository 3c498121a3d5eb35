import { OzekiIncomingCall } from '../elements/ozeki-incoming-call/ozeki-incoming-call.js';
import { define } from './define.js';

define('ozeki-incoming-call', OzekiIncomingCall);
export * from '../elements/ozeki-incoming-call/ozeki-incoming-call.js';
