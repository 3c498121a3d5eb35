import { html, nothing, type TemplateResult } from 'lit';
import { QUALITY_WORDS, qualityLevel } from '../../common/quality-level.js';
import type { CallView } from '../call-view.js';

/** How well the call is heard: bars, a word and the mean opinion score. */
export function qualityView({ call, text, language }: CallView): TemplateResult | typeof nothing {
  if (!call.quality || call.state !== 'active') return nothing;
  const { mos } = call.quality;
  const level = qualityLevel(mos);
  return html`<span class="quality muted" part="quality">
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M6 19v-5" />
      <path class=${level < 1 ? 'dim' : ''} d="M12 19v-9" />
      <path class=${level < 2 ? 'dim' : ''} d="M18 19v-13" />
    </svg>
    ${text(QUALITY_WORDS[level])}
    <span class="mos number">MOS ${mos.toLocaleString(language, { maximumFractionDigits: 1 })}</span>
  </span>`;
}
