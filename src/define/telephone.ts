/** The tags of a telephone, the client first: those inside it then find their phone at once. */
export * from './ozeki-client.js';
export * from './ozeki-dialpad.js';
export * from './ozeki-call.js';
export * from './ozeki-session-list.js';
export * from './ozeki-extension-status.js';
