export { Exchange, MAX_CALLS_PER_CONTACT } from './exchange.js';
export type { DigitPress, ExchangeSettings } from './exchange.js';
export type { ExchangeParts } from './switchboard.js';
