import type { ReactiveControllerHost } from 'lit';
import type { KeptMessage, PhoneControl } from '../../phone/control/control.js';
import type { PhoneHandle } from '../../phone/handle.js';
import type { ProblemCode } from '../../phone/state.js';
import type { Say } from '../text/texts.js';

/** One line of a conversation. */
export interface Bubble extends Omit<KeptMessage, 'state' | 'from' | 'to'> {
  /** This phone's number wrote it. */
  readonly mine: boolean;
  /** Received ones are `delivered`; `waiting`: sent to one who is not there now. */
  readonly state: KeptMessage['state'] | 'sending' | 'waiting';
}

/** What happened to a conversation that is shown. */
export type ThreadNews =
  | { readonly type: 'came'; readonly bubble: Bubble }
  | { readonly type: 'report'; readonly id: string; readonly state: Bubble['state'] };

/** What a conversation is drawn and led with. */
export interface ThreadHost {
  readonly host: ReactiveControllerHost & HTMLElement;
  readonly text: Say;
  readonly language: () => string;
  readonly problem: (code: ProblemCode) => string;
  readonly phone: () => PhoneHandle;
  readonly control: () => PhoneControl | null;
  /** The name of a number, or the number. */
  readonly nameOf: (number: string) => string;
  /** Something was written, for the list. */
  readonly wrote: (number: string, bubble: Bubble) => void;
}
