/** Numbers that call, alone: `import { linkTelephone } from '…/link-telephone.js'`. */
import { kitLoadedFrom } from '../elements/ozeki-client/kit-address.js';

export * from './link-telephone.js';

kitLoadedFrom(new URL('ozeki-webphone.js', import.meta.url).href);
