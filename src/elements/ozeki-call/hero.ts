import { html, nothing, type TemplateResult } from 'lit';
import { numberOf, stateDot, stateWords, timer, who, type CallView } from './call-view.js';

/** The first letter of who it is, in a circle; the name beside it says the same. */
export function avatar({ call, text }: CallView): TemplateResult {
  const [initial = ''] = who(call, text);
  const waits = call.state === 'ringing' || call.state === 'dialing';
  return html`<span class=${waits ? 'avatar waits' : 'avatar'} part="avatar" aria-hidden="true"
    >${initial.toUpperCase()}</span
  >`;
}

/** The state in words and the timer, beside a dot in its colour; that a call is over, the head line says. */
export function pill({ call, text }: CallView): TemplateResult | typeof nothing {
  const words = call.state === 'ended' ? '' : stateWords(call, text);
  const time = timer(call, text);
  if (!words && !time) return nothing;
  return html`<p class="pill" part="state">
    <span class="dot ${stateDot(call)}"></span>${words} <span class="number">${time}</span>
  </p>`;
}

/** Who, in which state, for how long; for a call that is over, why. */
export function heroView(view: CallView, said: unknown): TemplateResult {
  const { call, text, problem } = view;
  return html`<div class="hero" part="hero">
    ${avatar(view)}
    <h2 part="name" tabindex="-1">${who(call, text)}</h2>
    <p class="muted number" part="number">${numberOf(call)}</p>
    ${pill(view)}
    ${call.endReason ? html`<p class="reason" part="reason">${problem(call.endReason, text('callEnded'))}</p>` : nothing}
    ${said}
  </div>`;
}
