import { OzekiCamera } from '../elements/ozeki-camera/ozeki-camera.js';
import { define } from './define.js';

define('ozeki-camera', OzekiCamera);
export * from '../elements/ozeki-camera/ozeki-camera.js';
