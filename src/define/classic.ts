/**
 * The kit for pages that cannot have a module script: `<script src="…/ozeki-webphone.classic.js"></script>` loads the
 * module that lies beside it.
 */
const { src } = document.currentScript as HTMLScriptElement;

import(/* @vite-ignore */ new URL('ozeki-webphone.js', src).href).catch((error: unknown) =>
  console.error('The Ozeki webphone could not be loaded.', error),
);
