/** Who calls 500 reaches the front desk, after five seconds sales, then support. */
import { response, startedByHand, startSite } from './site.mjs';

const CHAIN = ['1001', '1002', '1003'];
const RING_SECONDS = 5;

/** What the site answers. Other numbers are left to the dial plan: no answer, no opinion. */
export function answer(fields) {
  if (fields.NotificationName !== 'RoutingInterception' || fields.OriginalDialedNumber !== '500')
    return undefined;
  const tried = fields.LastCallState === 'Calling' ? -1 : CHAIN.indexOf(fields.LastCalledExtension);
  const next = CHAIN[tried + 1];
  // An empty destination rejects the call.
  return response(next ? `<Route RingTime="${RING_SECONDS}">${next}</Route>` : '<Route Destination=""/>');
}

if (startedByHand(import.meta.url)) {
  const { address } = await startSite(answer);
  console.log(`Call 500. The phone system asks ${address}/ where each call goes.`);
}
