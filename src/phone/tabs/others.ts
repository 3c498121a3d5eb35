/** What a tab needs when it is not the only one. Loaded with the first sign of another. */
export { Following } from './following.js';
export { Leading } from './leading.js';
