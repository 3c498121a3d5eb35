import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../common/icons.js';
import { run } from '../../common/run.js';
import type { CallView } from '../call-view.js';

/** What can be done with a call that is over. */
export function afterView({ call, phone, text }: CallView): TemplateResult {
  const { number } = call.remote;
  return html`${
      number
        ? html`<button
            type="button"
            class="button positive wide"
            part="call-again"
            @click=${() => run(phone.dial(number))}
          >
            ${icon('phone')}${text('callAgain')}
          </button>`
        : nothing
    }
    <button type="button" class="button plain wide" part="dismiss" @click=${() => phone.dismiss(call.id)}>
      ${text('dismiss')}
    </button>`;
}
