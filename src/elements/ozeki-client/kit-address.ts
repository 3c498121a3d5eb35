/** Where the one-file kit came from; empty when its modules were loaded one by one. */
let loadedFrom = '';

/**
 * Told by the module that is the kit's entry, with its `import.meta.url`: only the entry keeps its name when a
 * bundler cuts the rest into chunks.
 */
export function kitLoadedFrom(url: string): void {
  loadedFrom = url;
}

/**
 * The gateway to use where a page names no server: that of the phone system which served
 * `/ozeki-webphone.js`, else that of the page's own origin.
 */
export function defaultServer(): string {
  const kit = loadedFrom && new URL(loadedFrom);
  const origin = kit && kit.pathname === '/ozeki-webphone.js' ? kit.origin : location.origin;
  return origin.replace(/^http/, 'ws') + '/gateway';
}
