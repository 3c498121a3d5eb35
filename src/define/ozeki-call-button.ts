import { OzekiCallButton } from '../elements/ozeki-call-button/ozeki-call-button.js';
import { define } from './define.js';

define('ozeki-call-button', OzekiCallButton);
export * from '../elements/ozeki-call-button/ozeki-call-button.js';
