import type { ToneName } from '../media/port.js';
import type { CallEndReason, PhoneCall } from './state.js';

const BUSY: readonly (CallEndReason | null)[] = ['busy', 'rejected'];
const CONGESTION: readonly (CallEndReason | null)[] = [
  'not-found',
  'unavailable',
  'no-answer',
  'forbidden',
  'error',
  'shutdown',
];

const rings = (call: PhoneCall) =>
  call.direction === 'incoming' && call.state === 'ringing' && call.pending === null && !call.ignored;
/** One called in vain for such a reason, when there is no other call. */
const failed = (calls: readonly PhoneCall[], reasons: readonly (CallEndReason | null)[]) =>
  calls.every(({ state }) => state === 'ended') &&
  calls.some(
    ({ direction, answeredAt, endReason }) =>
      direction === 'outgoing' && answeredAt === null && reasons.includes(endReason),
  );

/** Which tone sounds when; the first that applies. `early`: the far side sends sound of its own already. */
const RULES: readonly (readonly [ToneName, (calls: readonly PhoneCall[], early: EarlyMedia) => boolean])[] = [
  ['waiting', (calls) => calls.some(rings) && calls.some(({ state }) => state === 'active')],
  ['ringing', (calls) => calls.some(rings)],
  [
    'ringback',
    (calls, early) =>
      calls.some((call) => call.direction === 'outgoing' && call.state === 'ringing' && !early(call.id)),
  ],
  ['busy', (calls) => failed(calls, BUSY)],
  ['congestion', (calls) => failed(calls, CONGESTION)],
];

type EarlyMedia = (callId: string) => boolean;

/** The tone that belongs to the calls there are; null for silence. */
export function toneFor(calls: readonly PhoneCall[], early: EarlyMedia): ToneName | null {
  return RULES.find(([, applies]) => applies(calls, early))?.[0] ?? null;
}
