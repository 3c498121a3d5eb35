import { OzekiClient } from '../elements/ozeki-client/ozeki-client.js';
import { define } from './define.js';

define('ozeki-client', OzekiClient);
export * from '../elements/ozeki-client/ozeki-client.js';
