import type { Translation } from '@shoelace-style/localize';

/** Every text of the kit. A language that lacks one does not compile. */
export interface Texts extends Translation {
  // Controls. The English names are part of the contract with test suites and assistive technology.
  call: string;
  videoCall: string;
  accept: string;
  acceptVideo: string;
  reject: string;
  forward: string;
  mute: string;
  unmute: string;
  hold: string;
  resume: string;
  transfer: string;
  keypad: string;
  camera: string;
  hangUp: string;
}
