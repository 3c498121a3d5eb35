/**
 * The kit for a single script tag: the tags of a telephone at once, and every other tag when the page first has it.
 * With npm, `all.ts` is the whole kit.
 */
import { kitLoadedFrom } from '../elements/ozeki-client/kit-address.js';

export * from './telephone.js';

kitLoadedFrom(import.meta.url);

/** Defines the other tags in a shadow root of the page's own, too, where nobody else sees them. */
export async function defineTagsIn(root: ShadowRoot | Document): Promise<void> {
  const { watch } = await import('./other-tags.js');
  watch(root);
}

defineTagsIn(document).catch(console.warn);
