import { OzekiCall } from '../elements/ozeki-call/ozeki-call.js';
import { define } from './define.js';

define('ozeki-call', OzekiCall);

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-call': OzekiCall;
  }
}

export * from '../elements/ozeki-call/ozeki-call.js';
