import type { SignalingError, SignalingPort, Welcome } from '../../signaling/port.js';
import { isOver, settleIn } from '../recovery/returning.js';
import type { Succession } from '../succession.js';
import type { TabParts } from './tab.js';

/** How long the phone system may take to answer the first question, in milliseconds. */
const ANSWER_MS = 10_000;

/** The phone of another tab, for this one to go on with. Its calls are in the state already. */
export class Inheritance implements Succession {
  readonly extension = undefined;

  constructor(
    readonly ticket: string,
    private readonly parts: TabParts,
  ) {}

  /** The state has it. */
  known(): undefined {}

  done(welcome: Welcome, port: SignalingPort | null): void {
    settleIn(welcome, port);
    // With the first request the ticket that was used is good no more, for whichever tab still has it.
    port?.probe(ANSWER_MS);
  }

  forget(): void {}

  expired(error: SignalingError | null): boolean {
    if (!isOver(error)) return false;
    this.parts.desk.endAll('connection-lost');
    return true;
  }
}
