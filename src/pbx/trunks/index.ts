export { Trunks } from './trunks.js';
export type { TrunkStatus } from './trunk.js';
