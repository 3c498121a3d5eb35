import { html, nothing, type TemplateResult } from 'lit';
import { optional } from '../common/optional.js';
import { icon } from '../common/icons.js';
import { accept, hangUp } from './call-commands.js';
import { numberOf, who, type CallView } from './call-view.js';
import { avatar } from './hero.js';
import type { Panels } from './panels.js';

/**
 * A call that rings here: who it is, and what can be done with it. The notices come last: one that comes late moves no
 * button from under a finger.
 */
export function incomingView(
  view: CallView,
  panels: Panels,
  notices: unknown,
  panel: unknown,
): TemplateResult {
  const { call, text, state } = view;
  const usable = !call.pending;
  const take = (video: boolean) => () => usable && accept(view, call, video);
  const disabled = optional(!usable && 'true');
  return html`<div class="incoming">
    ${avatar(view)}
    <div>
      <h2 part="name" tabindex="-1">${who(call, text)}</h2>
      <p class="muted" part="number">
        <span class="number">${numberOf(call)}</span>
        ${call.line ? html`${numberOf(call) && '· '}${text('outsideLine')} ${call.line}` : nothing}
      </p>
    </div>
    <div class="decide">
      <button class="button positive fill" part="accept" aria-disabled=${disabled} @click=${take(false)}>
        ${icon('phone')}${text('accept')}
      </button>
      <button
        class="button plain round"
        part="accept-video"
        aria-label=${text('acceptVideo')}
        title=${text('acceptVideo')}
        aria-disabled=${disabled}
        @click=${take(true)}
      >
        ${icon('camera')}
      </button>
      <button class="button negative fill" part="reject" @click=${() => hangUp(view, call)}>
        ${icon('end')}${text('reject')}
      </button>
    </div>
    ${
      state.capabilities?.forward
        ? html`<button
            class="link"
            part="forward"
            data-opens="forward"
            aria-expanded=${panels.kind === 'forward'}
            @click=${() => void panels.toggle('forward')}
          >
            ${icon('forward')}${text('forward')}
          </button>`
        : nothing
    }
    ${panel} ${notices}
  </div>`;
}
