import type { ListTexts } from './list-texts.js';

/** What `<ozeki-call-history>` says. */
export interface HistoryTexts extends ListTexts {
  callHistory: string;
  allCalls: string;
  incomingCalls: string;
  outgoingCalls: string;
  missedCalls: string;
  /** How many were missed since somebody looked. */
  missedCount: (count: number) => string;
  callCount: (count: number) => string;
  noCallsYet: string;
  noCallsYetHint: string;
  noCallsFound: string;
  historySignedOut: string;
  historyHidden: string;
  historyFailed: string;
  newerCalls: string;
  olderCalls: string;
  /** Which of them are shown; each is a number in the language's digits. */
  pageOf: (from: string, to: string, total: string) => string;
  callBack: (who: string) => string;
  // What became of a call, in a word or two.
  missedCall: string;
  declinedCall: string;
  forwardedCall: string;
  cancelledCall: string;
  unansweredCall: string;
  unreachedCall: string;
  busyThere: string;
  failedCall: string;
  answeredBy: (who: string) => string;
  /** A call between two others. */
  fromTo: (caller: string, callee: string) => string;
}
