export { createWeriftEngine, WeriftEngine, type WeriftEngineOptions } from './engine.js';
export { localAddresses, isLoopbackOnly } from './addresses.js';
export { OutOfMediaPorts } from '../ports/media-ports.js';
