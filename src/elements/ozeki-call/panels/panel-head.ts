import { html, type TemplateResult } from 'lit';
import { icon } from '../../common/icons.js';
import type { Say } from '../../text/texts.js';

/** The head of a panel: what it is, and the way back. */
export function panelHead(title: string, text: Say, close: () => void): TemplateResult {
  return html`<div class="panel-head">
    <h3>${title}</h3>
    <button type="button" class="back" aria-label=${text('back')} title=${text('back')} @click=${close}>
      ${icon('close')}
    </button>
  </div>`;
}
