/** What the status codes of SIP (RFC 3261, 21) are for the phone. */
import { SignalingError, type EndReason } from '../port.js';
import type { IncomingResponse } from './jssip.js';

/** Why a call ended that was refused; codes not named here go by their class. */
const ENDS: Record<number, EndReason> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'not-found',
  407: 'forbidden',
  408: 'no-answer',
  410: 'not-found',
  415: 'media-failed',
  480: 'unavailable',
  484: 'not-found',
  485: 'not-found',
  486: 'busy',
  487: 'cancelled',
  488: 'media-failed',
  503: 'unavailable',
  600: 'busy',
  603: 'rejected',
  604: 'not-found',
  606: 'media-failed',
  607: 'rejected',
  608: 'rejected',
};

export function endReasonOf(code: number): EndReason {
  return ENDS[code] ?? 'error';
}

/** What a refused request is called above; those not named here are `internal`. */
const REASONS: Record<number, SignalingError['reason']> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not-found',
  405: 'unsupported',
  407: 'unauthorized',
  408: 'timeout',
  415: 'unsupported',
  416: 'unsupported',
  480: 'unavailable',
  481: 'wrong-state',
  486: 'wrong-state',
  488: 'media-failed',
  489: 'unsupported',
  491: 'wrong-state',
  501: 'unsupported',
  503: 'rate-limited',
  603: 'forbidden',
};

/** The error a refused request rejects with. */
export function refusal(response: IncomingResponse): SignalingError {
  const { status_code: code, reason_phrase: phrase } = response;
  const seconds = Number(/^\d+/.exec(response.getHeader('retry-after') ?? '')?.[0]);
  return new SignalingError(
    REASONS[code] ?? 'internal',
    `The SIP server refused: ${code} ${phrase}`,
    seconds > 0 ? seconds * 1000 : undefined,
  );
}

/** Whether the other side says that it does not know the call any more. */
export function isGone(code: number): boolean {
  return code === 481 || code === 408;
}
