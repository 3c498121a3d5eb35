/**
 * The kit for a single script tag: the tags of a telephone at once, and every other tag when the page first has it.
 * Only the bundler of the CDN build reads this file; with npm, `all.ts` is the whole kit.
 */
import { kitLoadedFrom } from '../elements/ozeki-client/kit-address.js';

export * from './ozeki-client.js';
export * from './ozeki-dialpad.js';
export * from './ozeki-call.js';
export * from './ozeki-session-list.js';
export * from './ozeki-extension-status.js';

kitLoadedFrom(import.meta.url);

const others = import('./other-tags.js');
others.catch((error: unknown) => console.warn('Only the tags of a telephone could be loaded.', error));

/**
 * Defines the tags of the kit in a shadow root of the page's own, too, where nobody else sees them. Resolves when
 * it looks there; rejects when the part that does so could not be loaded.
 */
export async function defineTagsIn(root: ShadowRoot): Promise<void> {
  (await others).onSight.watch(root);
}
