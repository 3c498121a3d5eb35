import { OzekiExtensionStatus } from '../elements/ozeki-extension-status/ozeki-extension-status.js';
import { define } from './define.js';

define('ozeki-extension-status', OzekiExtensionStatus);
export * from '../elements/ozeki-extension-status/ozeki-extension-status.js';
