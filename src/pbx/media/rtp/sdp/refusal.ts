/** A description that cannot be used. */
import { ProtocolError } from '../../../../protocol/index.js';

/** Throws a `media-failed` error that says why; the far side is to hear 488 (RFC 3261, 21.4.26). */
export function refuse(why: string): never {
  throw new ProtocolError('media-failed', `The session description of the trunk cannot be used: ${why}.`);
}
