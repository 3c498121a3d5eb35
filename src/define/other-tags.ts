/// <reference types="vite/types/importMeta.d.ts" />
/** The tags of the kit that a telephone does not need. Only the bundler of the CDN build reads this file. */
import { onSight } from './on-sight.js';

const others = import.meta.glob([
  './ozeki-*.ts',
  '!./ozeki-{client,dialpad,call,session-list,extension-status}.ts',
]);

/** Defines them when a document or a shadow root first has them. */
export const watch = onSight(
  new Map(Object.entries(others).map(([file, load]) => [file.slice(2, -3), load])),
);
