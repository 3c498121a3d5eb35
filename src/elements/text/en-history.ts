import { enLists } from './en-lists.js';
import { speakEnglish } from './en.js';
import type { HistoryTexts } from './history-texts.js';
import type { English } from './texts.js';

const history: English<HistoryTexts> = {
  ...enLists,
  allCalls: 'All',
  incomingCalls: 'Incoming',
  outgoingCalls: 'Outgoing',
  missedCalls: 'Missed',
  missedCount: (count) => (count === 1 ? '1 missed call' : `${count} missed calls`),
  callCount: (count) => (count === 1 ? '1 call' : `${count} calls`),
  noCallsYetHint: 'Calls appear here when they are over.',
  noCallsFound: 'No calls like that.',
  historySignedOut: 'Sign in to see your calls.',
  historyHidden: 'This phone system keeps no history.',
  historyFailed: 'The calls could not be loaded.',
  newerCalls: 'Newer',
  olderCalls: 'Older',
  pageOf: (from, to, total) => `${from}–${to} of ${total}`,
  callBack: (who) => `Call back ${who}`,
  missedCall: 'Missed',
  declinedCall: 'Declined',
  forwardedCall: 'Forwarded',
  cancelledCall: 'Cancelled',
  unansweredCall: 'No answer',
  unreachedCall: 'Not reached',
  busyThere: 'Busy',
  failedCall: 'Failed',
  answeredBy: (who) => `Answered by ${who}`,
  fromTo: (caller, callee) => `${caller} to ${callee}`,
};

/** Says so in English. */
export function speakHistory(): void {
  speakEnglish(history);
}
