import { OzekiCallQuality } from '../elements/ozeki-call-quality/ozeki-call-quality.js';
import { define } from './define.js';

define('ozeki-call-quality', OzekiCallQuality);
export * from '../elements/ozeki-call-quality/ozeki-call-quality.js';
