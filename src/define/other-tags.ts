/// <reference types="vite/types/importMeta.d.ts" />
/** The tags that a page with the one script tag has not at once. Loaded after those it has. */
import { OnSight } from './on-sight.js';

const others = import.meta.glob([
  './ozeki-*.ts',
  '!./ozeki-{client,dialpad,call,session-list,extension-status}.ts',
]);

/** Defines each of them when it is first seen. */
export const onSight = new OnSight(async (tag) => {
  const load = others[`./${tag}.ts`];
  if (load) await load();
  else console.warn(`The kit has no tag <${tag}>.`);
});
if (globalThis.document) onSight.watch(document);
