import { SignalingError } from '../port.js';

/** What SIP has no word for. */
export function unsupported(): Promise<never> {
  return Promise.reject(new SignalingError('unsupported', 'A SIP server cannot do this.'));
}
