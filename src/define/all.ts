/** All tags of the kit. */
export * from './telephone.js';
export * from './ozeki-call-button.js';
export * from './ozeki-call-history.js';
export * from './ozeki-call-list.js';
export * from './ozeki-chat.js';
export * from './ozeki-contacts.js';
export * from './ozeki-call-quality.js';
export * from './ozeki-camera.js';
export * from './ozeki-device-settings.js';
export * from './ozeki-incoming-call.js';
export * from './ozeki-operator-panel.js';
export * from './ozeki-webphone.js';
