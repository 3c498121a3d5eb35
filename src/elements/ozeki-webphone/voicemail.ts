/** That voice messages wait. Loaded when some do. */
import { html, type TemplateResult } from 'lit';
import type { Voicemail } from '../../phone/state.js';
import { css } from '../common/css.js';
import { outline } from '../common/icons.js';
import type { Say } from '../text/texts.js';

export const styles = css`
  @layer element {
    .voicemail {
      display: inline-flex;
      align-items: center;
      gap: 4px;
    }
  }
`;

export function voicemailView({ fresh }: Voicemail, text: Say, language: string): TemplateResult {
  const count = fresh ? fresh.toLocaleString(language) : '';
  const words = text('newVoiceMessages');
  return html`<span class="voicemail" part="voicemail" role="status" title=${words}
    >${outline('M6 10a3 3 0 1 0 0 6 3 3 0 0 0 0-6M18 10a3 3 0 1 0 0 6 3 3 0 0 0 0-6M6 16h12')}<span
      class="visually-hidden"
      >${words}</span
    ><b class="number">${count}</b></span
  >`;
}
