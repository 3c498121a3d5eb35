import { html, nothing, type TemplateResult } from 'lit';
import type { CallView } from '../call-view.js';

const WORDS = ['qualityPoor', 'qualityFair', 'qualityGood'] as const;

/** How well the call is heard: bars, a word and the mean opinion score (user satisfaction after ITU-T G.107 annex B). */
export function qualityView({ call, text, language }: CallView): TemplateResult | typeof nothing {
  if (!call.quality || call.state !== 'active') return nothing;
  const { mos } = call.quality;
  const level = mos < 3.1 ? 0 : mos < 3.8 ? 1 : 2;
  return html`<span class="quality muted" part="quality">
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M6 19v-5" />
      <path class=${level < 1 ? 'dim' : ''} d="M12 19v-9" />
      <path class=${level < 2 ? 'dim' : ''} d="M18 19v-13" />
    </svg>
    ${text(WORDS[level] as 'qualityGood')}
    <span class="mos number">MOS ${mos.toLocaleString(language, { maximumFractionDigits: 1 })}</span>
  </span>`;
}
