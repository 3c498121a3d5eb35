import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { PhoneHandle } from '../../phone/handle.js';
import type { Say } from '../text/texts.js';
import type { Group } from './groups.js';

/** The buttons of a row that a picture stands for. */
export type Word = 'accept' | 'reject' | 'hold' | 'resume' | 'hangUp' | 'dismiss' | 'takeApart';

/** What the parts of the list are drawn from. */
export interface ListView {
  readonly host: ReactiveControllerHost & HTMLElement;
  readonly phone: PhoneHandle;
  readonly text: Say;
  /** What can be merged: nothing while there is only one of it. */
  readonly able: readonly Group[];
  /** A round button that does something with whom it names. */
  button(word: Word, name: string, sign: TemplateResult, usable: boolean, act: () => unknown): TemplateResult;
  /** Gives a command; why it failed stands in the list until the next one. */
  run(command: () => unknown): void;
}
