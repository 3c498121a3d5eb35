/** Where the package's own files lie, the same from `src/pbx/http` and from `dist/pbx/http`. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);

/** The built kit: `ozeki-webphone.js` and its chunks. */
export const KIT_FOLDER = fileURLToPath(new URL('dist/cdn/', ROOT));

/** The demo's pages. */
export const DEMO_FOLDER = fileURLToPath(new URL('demo/', ROOT));

/** What the kit says of its tags, for pages about them. */
export const MANIFEST_FILE = fileURLToPath(new URL('custom-elements.json', ROOT));

/** The version of the package. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string }
).version;
