import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { HistoryRecord } from '../../phone/control/control.js';
import type { PhoneState } from '../../phone/state.js';
import { byDay, dayName, entryOf, type Entry } from './entries.js';
import { rowView, type RowView } from './row.js';

/** What the calls are drawn with. */
export interface DaysView extends Pick<RowView, 'text' | 'callBack'> {
  readonly state: PhoneState;
  readonly language: string;
  /** Another page is asked for. */
  readonly loading: boolean;
  /** Missed calls are new from this moment on, by the phone system's clock. */
  readonly newSince: number;
}

/** The calls of a page, by the days they were on. */
export function daysView(records: readonly HistoryRecord[], view: DaysView): TemplateResult {
  const { text, callBack, state, language, loading, newSince } = view;
  const { identity, extensions, clockOffset, connection } = state;
  const viewpoint = { own: identity!.number, extensions, clockOffset };
  const shared = {
    ...{ text, callBack, usable: connection.status === 'connected' },
    time: new Intl.DateTimeFormat(language, { timeStyle: 'short' }),
  };
  const row = (entry: Entry) => {
    const fresh = entry.kind === 'missed' && entry.endedAt + clockOffset >= newSince;
    return rowView(entry, { ...shared, fresh });
  };
  return html`<div class=${loading ? 'scroll stale' : 'scroll'} part="scroll" aria-busy=${loading}>
    ${repeat(
      byDay(records.map((record) => entryOf(record, viewpoint))),
      (day) => day.start,
      ({ start, entries }) =>
        html`<h3 part="day">${dayName(start, language)}</h3>
          <ul class="rows">
            ${repeat(entries, (entry) => entry.id, row)}
          </ul>`,
    )}
  </div>`;
}
