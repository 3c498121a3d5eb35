/** All tags of the kit, the client first: those inside it then find their phone at once. */
export * from './ozeki-client.js';
export * from './ozeki-dialpad.js';
export * from './ozeki-call.js';
export * from './ozeki-session-list.js';
export * from './ozeki-extension-status.js';
export * from './ozeki-call-button.js';
export * from './ozeki-call-history.js';
export * from './ozeki-call-list.js';
export * from './ozeki-contacts.js';
export * from './ozeki-call-quality.js';
export * from './ozeki-camera.js';
export * from './ozeki-device-settings.js';
export * from './ozeki-incoming-call.js';
