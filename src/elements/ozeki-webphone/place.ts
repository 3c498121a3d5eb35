/** The calls that have the keypad's place, and the line that leads back to it. */
import { html, type TemplateResult } from 'lit';
import type { PhoneCall } from '../../phone/state.js';
import { isIncoming, stateDot, stateWords, timer, who } from '../ozeki-call/call-view.js';
import type { Say } from '../text/texts.js';

/** Whether a call rings here and wants to be answered. */
export function isRinging(call: PhoneCall): boolean {
  return isIncoming(call) && !call.ignored;
}

/**
 * Whether a call has the keypad's place: not while it rings here, as it has a window of its own then, and not when
 * it stopped ringing, unless this device is why.
 */
export function takesPlace(call: PhoneCall): boolean {
  return (
    !isRinging(call) &&
    (call.direction === 'outgoing' ||
      call.state !== 'ended' ||
      call.answeredAt !== null ||
      /^(microphone|insecure|no-media|error)/.test(call.endReason!))
  );
}

/** Whether some of them are not over. */
export function someLive(calls: readonly PhoneCall[]): boolean {
  return calls.some(({ state }) => state !== 'ended');
}

/** A call that is out of sight. */
export function callLine(call: PhoneCall, text: Say, back: () => void): TemplateResult {
  return html`<button class="call bar" part="call-line" @click=${back}>
    <span class="dot ${stateDot(call)}"></span>
    <b class="clip">${who(call, text)}</b>
    <span class="fill">${stateWords(call, text)} <span class="number">${timer(call, text)}</span></span>
    <span class="back">${text('backToCall')}</span>
  </button>`;
}
