/** What SIP says of a call, and what a call's end is in SIP (RFC 3261, 21). */
import type { EndReason } from '../../protocol/index.js';

/** How a call out that was refused ends: for the session, and for the caller. */
export interface Refusal {
  readonly event: 'reject' | 'not-found' | 'no-answer';
  readonly reason: EndReason;
}

const REFUSALS: Record<number, Refusal> = {
  403: { event: 'not-found', reason: 'forbidden' },
  404: { event: 'not-found', reason: 'not-found' },
  408: { event: 'no-answer', reason: 'no-answer' },
  410: { event: 'not-found', reason: 'not-found' },
  480: { event: 'no-answer', reason: 'unavailable' },
  484: { event: 'not-found', reason: 'not-found' },
  486: { event: 'reject', reason: 'busy' },
  487: { event: 'no-answer', reason: 'no-answer' },
  488: { event: 'not-found', reason: 'media-failed' },
  600: { event: 'reject', reason: 'busy' },
  603: { event: 'reject', reason: 'rejected' },
  604: { event: 'not-found', reason: 'not-found' },
};

export function refusalOf(status: number): Refusal {
  return REFUSALS[status] ?? { event: 'not-found', reason: 'unavailable' };
}

const STATUSES: Partial<Record<EndReason, number>> = {
  rejected: 603,
  busy: 486,
  'not-found': 404,
  unavailable: 480,
  'no-answer': 480,
  forbidden: 403,
  'media-failed': 488,
  shutdown: 503,
};

/** With what a call that came in and was not answered is refused. */
export function statusOf(reason: EndReason | undefined): number {
  return (reason && STATUSES[reason]) ?? 480;
}
