export { Accounts, DEFAULT_PRIVILEGES } from './accounts.js';
export type { Account, AccountSettings, SignedIn } from './accounts.js';
export { iceServersFor } from './ice-servers.js';
export { hashPassword, verifyPassword } from './passwords.js';
export { MODIFYING_PRIVILEGES, TOKEN_PRIVILEGES, TOKEN_VALID_MS } from './tokens.js';
export type { TokenRequest } from './tokens.js';
