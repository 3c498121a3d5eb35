/** The phone system as a client of web sites. */
export { isPublicAddress, isTargetException } from './addresses.js';
export { xmlText } from './body.js';
export { createWebClient, MAX_REDIRECTS } from './client.js';
export type { WebAnswer, WebClient, WebLimits, WebRequest } from './client.js';
export { shownUrl, WebError } from './error.js';
export type { WebErrorKind } from './error.js';
export type { Resolve, Target } from './target.js';
