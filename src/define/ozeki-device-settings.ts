import { OzekiDeviceSettings } from '../elements/ozeki-device-settings/ozeki-device-settings.js';
import { define } from './define.js';

define('ozeki-device-settings', OzekiDeviceSettings);
export * from '../elements/ozeki-device-settings/ozeki-device-settings.js';
