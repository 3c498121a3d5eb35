import { OzekiChat } from '../elements/ozeki-chat/ozeki-chat.js';
import { define } from './define.js';

define('ozeki-chat', OzekiChat);
export * from '../elements/ozeki-chat/ozeki-chat.js';
