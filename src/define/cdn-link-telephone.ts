/** Numbers that call, alone: `import { linkTelephone } from '…/link-telephone.js'`. */
import { kitLoadedFrom } from '../elements/ozeki-client/kit-address.js';

export * from './link-telephone.js';

// An address, not a file to bundle, though there is one of that name here.
kitLoadedFrom(new URL(/* @vite-ignore */ 'ozeki-webphone.js', import.meta.url).href);
