import { html, nothing, type TemplateResult } from 'lit';
import { optional } from '../../common/optional.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneCall } from '../../../phone/state.js';
import { run } from '../../common/run.js';
import { accept, hangUp } from '../call-commands.js';
import { isIncoming, numberOf, stateWords, timer, who, type CallView } from '../call-view.js';
import { join } from '../join.js';
import type { Panels } from '../panels.js';

/** One strip for each other call: who, its state and time, and the way to it. */
export function stripsView(view: CallView, others: readonly PhoneCall[], panels: Panels): TemplateResult {
  return html`${repeat(
    others,
    (other) => other.id,
    (other) => strip(view, other, panels),
  )}`;
}

function strip(view: CallView, other: PhoneCall, panels: Panels): TemplateResult {
  const { text, phone, call, state } = view;
  const name = who(other, text);
  const waiting = isIncoming(other);
  // With a second "Reject" on the card each says whom.
  const first = [call, ...state.calls].find(isIncoming);
  const reject = first === other ? undefined : `${text('reject')} ${name}`;
  const swappable = other.state === 'active' && !call.pending && !other.pending;
  return html`<div class="strip" part="strip" role="group" aria-label=${name}>
    <span class="fill">
      <b>${name}</b> <span class="number">${numberOf(other)}</span><br />
      <span class="muted"
        >${stateWords(other, text) || text('inCall')} <span class="number">${timer(other, text)}</span></span
      >
    </span>
    ${
      waiting
        ? html`<span class="pair">
            ${small(text('answer'), !other.pending, () => accept(view, other), 'go')}
            ${small(text('reject'), true, () => hangUp(view, other), 'stop', reject)}
          </span>`
        : small(text('swap'), swappable, () => run(phone.swapTo(other.id)))
    }
    ${consultation(view, other, panels)}
  </div>`;
}

/** The ways out of a consultation: connect the two and leave, or go back to the first. */
function consultation(view: CallView, other: PhoneCall, panels: Panels) {
  const { text, phone, call, state } = view;
  const pair = panels.consultation;
  if (!pair?.includes(call.id) || !pair.includes(other.id)) return nothing;
  const [callId, consultId] = pair;
  const both = call.state === 'active' && other.state === 'active' && !call.pending && !other.pending;
  return html`<span class="row">
    ${
      state.capabilities?.attendedTransfer
        ? small(text('completeTransfer'), both, () => join(view, callId, consultId))
        : nothing
    }
    ${small(text('cancel'), true, () => run(phone.hangUp(consultId).finally(() => phone.swapTo(callId))))}
  </span>`;
}

function small(label: string, usable: boolean, act: () => void, tone = '', name?: string): TemplateResult {
  return html`<button
    type="button"
    class="small ${tone}"
    part="strip-action"
    aria-label=${optional(name)}
    aria-disabled=${optional(!usable && 'true')}
    @click=${() => usable && act()}
  >
    ${label}
  </button>`;
}
