/** OzML at run time: what the web site of a company has the phone system do with calls and messages. */
export { CALL_STATES } from './call-states.js';
export type { CallState } from './call-states.js';
export { Failure, FAILURE } from './failure.js';
export type { FailureCode } from './failure.js';
export type { Journal, ScriptPlace } from './journal.js';
export type { CallRequest } from './outgoing-calls.js';
export type { EmailRequest, SmsRequest } from './outgoing-messages.js';
export type { Recordings } from './recordings.js';
export { Scripts } from './scripts.js';
export type { ScriptSettings } from './scripts.js';
export { Sounds } from './sounds.js';
export type { Party, Side, ThirdPartyActions } from './third-party-actions.js';
export { WebFiles } from './web-files.js';
