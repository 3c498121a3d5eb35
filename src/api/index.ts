/**
 * The JavaScript API: what a page written for the vendor's documentation finds. README.md in this folder says
 * what is documented, and what was chosen where the documents leave it open.
 */
export { Call, type MessageInfo } from './call.js';
export type { ClientInfo } from './client-roster.js';
export type { ConnectionInfo } from './connection-watch.js';
export {
  CallState,
  CallType,
  ConnectionState,
  SessionState,
  type ClientStatus,
  type LegacySessionState,
} from './enums.js';
export { OzError } from './errors.js';
export { Extension, type ExtensionStatus } from './extension.js';
export { Helper } from './helper.js';
export type { CallHistoryFilters, CallHistoryInfo, CallHistoryRecord } from './history.js';
export { OzCamera } from './oz-camera.js';
export { OzWebClient, webClientOf, type WebClientOptions, type WebphoneInfo } from './oz-web-client.js';
export { Session } from './session.js';
export { User } from './user.js';
