/** What is followed while a call is up. Loaded with the first one, or when somebody chooses a device. */
export { watchDevices } from './device-lists.js';
export { watchQuality } from './quality.js';
