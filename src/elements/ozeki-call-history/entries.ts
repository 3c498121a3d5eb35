/** What a call of the history was to the person at this phone. Pure functions. */
import type { HistoryRecord } from '../../phone/control/control.js';
import type { Extension } from '../../phone/state.js';
import type { PlainText } from '../text/texts.js';

/** Somebody in a call. */
export interface Party {
  readonly number: string;
  readonly name: string;
}

/** `between`: of two others. */
export type EntryKind = 'incoming' | 'outgoing' | 'missed' | 'between';

/** One line of the history. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  /** The other party; of a call between two others, who was called. */
  readonly party: Party;
  /** Who called, in a call between two others. */
  readonly caller: Party;
  /** The outside line it came in by; empty for none. */
  readonly line: string;
  /** The party can be called. */
  readonly callable: boolean;
  /** Milliseconds by this device's clock. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** How long they talked, in milliseconds; null when it came to no call. */
  readonly talkMs: number | null;
  /** Who answered in the place of this phone. */
  readonly answeredBy: Party | null;
  /** Why there was no call, in words. */
  readonly outcome: PlainText;
}

/** Why a call that went out from here came to nothing, by the state of its session. */
const UNREACHED: Partial<Record<string, PlainText>> = {
  Busy: 'busyThere',
  Cancelled: 'cancelledCall',
  NotAnswered: 'unansweredCall',
  NotFound: 'unreachedCall',
  Redirected: 'forwardedCall',
};

/** What was done here with a call that came in and was not answered; otherwise it was missed. */
const DECIDED: Partial<Record<string, PlainText>> = { Busy: 'declinedCall', Redirected: 'forwardedCall' };

/** What the history is looked at with. */
export interface Viewpoint {
  /** The number of this phone. */
  readonly own: string;
  readonly extensions: readonly Extension[];
  /** What to take from the phone system's times to get this device's. */
  readonly clockOffset: number;
}

/** A record of the phone system, as the person at this phone sees it. */
export function entryOf(record: HistoryRecord, { own, extensions, clockOffset }: Viewpoint): Entry {
  const caller = { number: record.caller, name: record.callerName };
  const callee = { number: record.callee, name: record.calleeName };
  const outgoing = record.caller === own;
  const called = record.callee === own;
  const incoming = !outgoing && (called || record.dialed === own);
  const answered = record.answeredAt !== null;
  const missed = incoming && called && !answered && !DECIDED[record.state];
  const party = incoming ? caller : callee;
  // Visitors of a web site have a number only while they are there.
  const line = extensions.find(({ id, kind }) => kind === 'line' && id === record.source);
  const visitor = incoming && line?.type === 'Webphone outside line';
  return {
    id: record.callId,
    kind: missed ? 'missed' : incoming ? 'incoming' : outgoing ? 'outgoing' : 'between',
    party,
    caller,
    line: incoming && line ? line.name || line.id : '',
    callable: !!party.number && party.number !== own && !visitor,
    startedAt: record.startedAt - clockOffset,
    endedAt: (record.endedAt ?? record.startedAt) - clockOffset,
    talkMs: answered ? record.talkMs : null,
    answeredBy: incoming && !called && answered ? callee : null,
    outcome:
      (incoming ? DECIDED[record.state] : UNREACHED[record.state]) ?? (missed ? 'missedCall' : 'failedCall'),
  };
}

/** The calls of one day. */
export interface Day {
  /** Its first moment, by this device's clock. */
  readonly start: number;
  readonly entries: readonly Entry[];
}

/** The entries, newest first, by the days they were on. */
export function byDay(entries: readonly Entry[]): Day[] {
  const days: { start: number; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const start = startOfDay(entry.startedAt);
    const last = days.at(-1);
    if (last?.start === start) last.entries.push(entry);
    else days.push({ start, entries: [entry] });
  }
  return days;
}

/** What a day is called: today, yesterday, its weekday and date; with the year when that is another one. */
export function dayName(start: number, language: string, now = Date.now()): string {
  const days = Math.round((startOfDay(now) - start) / 86_400_000);
  const date = new Date(start);
  const name =
    days === 0 || days === 1
      ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day')
      : date.toLocaleDateString(language, {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
          ...(date.getFullYear() !== new Date(now).getFullYear() && { year: 'numeric' }),
        });
  return (name[0] ?? '').toLocaleUpperCase(language) + name.slice(1);
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
