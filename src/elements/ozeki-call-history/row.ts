import { html, type TemplateResult } from 'lit';
import { icon, outline } from '../common/icons.js';
import { optional } from '../common/optional.js';
import type { Say } from '../text/texts.js';
import type { Entry, Party } from './entries.js';

/** Which way a call went. */
const ICONS = {
  incoming: 'M18 6L6 18M6 9v9h9',
  outgoing: 'M6 18L18 6M9 6h9v9',
  missed: 'M21 7l-8 8-9-9M4 12V6h6',
  between: 'M4 8h13l-4-4M20 16H7l4 4',
} as const;

/** What a row is drawn with. */
export interface RowView {
  readonly text: Say;
  readonly time: Intl.DateTimeFormat;
  /** Calls can be made now. */
  readonly usable: boolean;
  /** Missed, and nobody has looked yet. */
  readonly fresh: boolean;
  callBack(number: string): void;
}

/** One call: which way it went, with whom, what became of it, when; and the way to call back. */
export function rowView(entry: Entry, view: RowView): TemplateResult {
  const { kind, party, line, startedAt } = entry;
  const { text, time, fresh } = view;
  const details = [party.name && party.number, line && `${text('outsideLine')} ${line}`].filter(Boolean);
  return html`<li class="row ${kind} ${fresh ? 'new' : ''}" part="row" data-row=${entry.id}>
    <span class="kind" part="kind">${outline(ICONS[kind])}</span>
    <span class="fill">
      <b class="clip" part="name" dir="auto">${titleOf(entry, text)}</b>
      <small class="clip" part="details">
        <span class="outcome number">${outcomeView(entry, text)}</span>
        ${details.map((detail) => html`· <bdi class="number">${detail}</bdi> `)}
      </small>
    </span>
    <time class="number" part="time" datetime=${new Date(startedAt).toISOString()}
      >${time.format(startedAt)}</time
    >
    ${entry.callable ? callBack(party, view) : html`<span class="spacer"></span>`}
  </li>`;
}

function titleOf({ kind, party, caller }: Entry, text: Say): string {
  return kind === 'between' ? text('fromTo', who(caller, text), who(party, text)) : who(party, text);
}

function who({ name, number }: Party, text: Say): string {
  return name || number || text('unknownCaller');
}

/** Which way it went is an icon only, so it is said where the words do not say it. */
function outcomeView({ kind, talkMs, answeredBy, outcome }: Entry, text: Say): TemplateResult {
  const way = kind === 'incoming' ? 'incomingCall' : kind === 'outgoing' ? 'outgoingCall' : null;
  const said = way && html`<span class="visually-hidden">${text(way)}, </span>`;
  if (answeredBy) return html`${said}${text('answeredBy', who(answeredBy, text))}`;
  return html`${said}${talkMs === null ? text(outcome) : text('duration', talkMs)}`;
}

function callBack(party: Party, { text, usable, callBack }: RowView): TemplateResult {
  const name = text('callBack', who(party, text));
  return html`<button
    type="button"
    class="round-action call"
    part="call-back"
    aria-label=${name}
    title=${name}
    aria-disabled=${optional(!usable && 'true')}
    @click=${() => usable && callBack(party.number)}
  >
    ${icon('phone')}
  </button>`;
}
