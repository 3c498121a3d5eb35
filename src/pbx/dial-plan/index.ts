export { matches } from './pattern.js';
export { MAX_HOPS, route, translate } from './route.js';
export type { DialPlan, Directory, Route, RouteRequest } from './route.js';
