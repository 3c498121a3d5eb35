export { Gateway } from './gateway.js';
export type { GatewayParts } from './connection.js';
