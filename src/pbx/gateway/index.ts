export { Gateway } from './gateway.js';
export type { GatewayParts } from './connection.js';
export { isLoopback, isOriginAllowed } from './origins.js';
export { SignInGuard } from './sign-in-guard.js';
