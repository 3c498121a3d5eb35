/** The call button alone, for web sites: `<script type="module" src="…/ozeki-call-button.js"></script>`. */
import { kitLoadedFrom } from '../elements/ozeki-client/kit-address.js';

export * from './ozeki-call-button.js';

// It lies beside the whole kit, on the same phone system.
// An address, not a file to bundle, though there is one of that name here.
kitLoadedFrom(new URL(/* @vite-ignore */ 'ozeki-webphone.js', import.meta.url).href);
