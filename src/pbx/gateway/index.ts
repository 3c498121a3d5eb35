export { Gateway } from './gateway.js';
export type { GatewayParts } from './parts.js';
export { isLoopback, isOriginAllowed } from './origins.js';
export { SignInGuard } from './sign-in-guard.js';
