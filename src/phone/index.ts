import { BrowserMedia } from '../media/index.js';
import { createSignaling } from '../signaling/index.js';
import type { PhoneHandle } from './handle.js';
import { assemblePhone, type PhoneParts } from './phone.js';

export { isPhone, PhoneError } from './handle.js';
export type { ConnectOptions, DialOptions, PhoneHandle, SignIn } from './handle.js';
export type * from './control/control.js';
export type * from './device-check/device-check.js';
export type { Fault } from './faults/fault.js';
export type * from './state.js';
export type { SipOptions } from '../signaling/sip/options.js';
export type { PhoneParts };

/**
 * Makes a phone. It touches neither network nor devices before it is told to.
 *
 * @param parts What to use in place of the gateway's signalling or the browser's media.
 */
export function createPhone(parts: Partial<PhoneParts> = {}): PhoneHandle {
  return assemblePhone({
    signaling: createSignaling,
    media: (observer) => new BrowserMedia(observer),
    ...parts,
  });
}
