import type { SignalingError, SignalingPort, Welcome } from '../../signaling/port.js';
import { isOver, settleIn } from '../recovery/returning.js';
import type { Succession } from '../succession.js';
import type { TabParts } from './tab.js';

/** How long the phone system may take to answer the first question, in milliseconds. */
const ANSWER_MS = 10_000;

/** The phone of another tab, for this one to go on with. Its calls are in the state already. */
export class Inheritance implements Succession {
  /** A page that was reloaded signs in without one, and knows by this whose place among the tabs it has. */
  readonly extension: string | undefined;

  constructor(
    readonly ticket: string,
    private readonly parts: TabParts,
  ) {
    const { identity } = parts.store.state;
    this.extension = identity?.kind === 'extension' ? identity.number : undefined;
  }

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
