/** The rows of those who wait and those who talk. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../../phone/state.js';
import { icon, outline, type IconName } from '../../common/icons.js';
import { optional } from '../../common/optional.js';
import { lookOf } from '../../ozeki-session-list/session-states.js';
import type { Say } from '../../text/texts.js';
import { nameOf, type Party } from './rules.js';

const GRIP = 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01';
export const EAR = 'M7 9a5 5 0 0 1 10 0c0 3.5-3.5 4-3.5 7a3 3 0 0 1-5 2.2M10 9a2 2 0 0 1 4 0c0 1.5-2 2-2 3.5';

/** A button of a row. */
export interface RowAction {
  readonly kind: 'accept' | 'pick-up' | 'listen';
  readonly name: string;
  readonly pressed?: boolean;
  act(): void;
}

/** What a row is drawn with. */
export interface RowView {
  readonly text: Say;
  /** How long it has waited or talked, in milliseconds. */
  readonly time: number;
  readonly age: '' | 'late' | 'urgent';
  /** Where it is being sent, until the phone system has confirmed that. */
  readonly sentTo: string | undefined;
  readonly actions: readonly RowAction[];
  mayMove(party: Party): boolean;
  carries(party: Party): boolean;
  take(party: Party, byKey: boolean): void;
}

export function rowView(session: Session, view: RowView): TemplateResult {
  const { text, sentTo, age } = view;
  const { tone, icon: sign } = lookOf(session.state);
  return html`<li class="row ${age}" part="call ${age}" data-row=${session.id} aria-busy=${!!sentTo}>
    <div class="fill">
      <div class="parties">
        ${partyView(session, 'caller', view)}
        <span class="to">${partyView(session, 'callee', view)}</span>
      </div>
      <small
        ><span class="state ${tone}" part="state"
          >${icon(sentTo ? 'transfer' : sign)}${
            sentTo ? text('transferTrying', sentTo) : text('sessionState', session.state)
          }</span
        >
        <span class="number time" part="time">${text('duration', view.time)}</span></small
      >
    </div>
    ${view.actions.map(buttonView)}
  </li>`;
}

function partyView(session: Session, party: Party, view: RowView): TemplateResult {
  const name = session[`${party}Name`];
  const inner = html`<span class="clip"><bdi class="number">${session[party]}</bdi> ${name}</span>`;
  if (!view.mayMove(party)) return html`<span class="party" part="party">${inner}</span>`;
  const label = view.text('moveParty', nameOf(session, party));
  return html`<button
    type="button"
    class="party chip"
    part="party"
    data-session=${session.id}
    data-party=${party}
    aria-label=${label}
    title=${label}
    aria-pressed=${view.carries(party)}
    @click=${({ detail }: MouseEvent) => view.take(party, !detail)}
  >
    ${outline(GRIP)}${inner}
  </button>`;
}

const SIGNS: Partial<Record<RowAction['kind'], IconName>> = { accept: 'phone', 'pick-up': 'bell' };

function buttonView({ kind, name, pressed, act }: RowAction): TemplateResult | typeof nothing {
  const sign = SIGNS[kind];
  return html`<button
    type="button"
    class="round-action ${kind}"
    part="action ${kind}"
    aria-label=${name}
    title=${name}
    aria-pressed=${optional(pressed === undefined ? undefined : (`${pressed}` as const))}
    @click=${act}
  >
    ${sign ? icon(sign) : outline(EAR)}
  </button>`;
}
