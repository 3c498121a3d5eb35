export * from './limits.js';
export * from './errors.js';
export * from './entities.js';
export * from './requests.js';
export * from './results.js';
export * from './events.js';
export * from './json-rpc.js';
export * from './control/index.js';
