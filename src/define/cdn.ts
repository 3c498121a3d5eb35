/// <reference types="vite/types/importMeta.d.ts" />
/**
 * The kit for a single script tag: the tags of a telephone at once, and every other tag when the page first has it.
 * Only the bundler of the CDN build reads this file; with npm, `all.ts` is the whole kit.
 */
import { kitLoadedFrom } from '../elements/ozeki-client/kit-address.js';
import { OnSight } from './on-sight.js';

export * from './ozeki-client.js';
export * from './ozeki-dialpad.js';
export * from './ozeki-call.js';
export * from './ozeki-session-list.js';
export * from './ozeki-extension-status.js';

kitLoadedFrom(import.meta.url);

const others = import.meta.glob([
  './ozeki-*.ts',
  '!./ozeki-{client,dialpad,call,session-list,extension-status}.ts',
]);
const onSight = new OnSight(Object.entries(others).map(([file, load]) => [file.slice(2, -3), load]));
if (globalThis.document) onSight.watch(document);

/** Defines the tags of the kit in a shadow root of the page's own, too, where nobody else sees them. */
export function defineTagsIn(root: ShadowRoot): void {
  onSight.watch(root);
}
