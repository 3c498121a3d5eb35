export { Accounts, DEFAULT_PRIVILEGES } from './accounts.js';
export type { Account, SignedIn } from './accounts.js';
export { iceServersFor } from './ice-servers.js';
export { hashPassword, verifyPassword } from './passwords.js';
export { memoryTokenStore } from './tokens.js';
export type { TokenGrant, TokenStore } from './tokens.js';
