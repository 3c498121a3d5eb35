import { OzekiDialpad } from '../elements/ozeki-dialpad/ozeki-dialpad.js';
import { define } from './define.js';

define('ozeki-dialpad', OzekiDialpad);
export * from '../elements/ozeki-dialpad/ozeki-dialpad.js';
