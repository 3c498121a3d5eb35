import { html, nothing, type TemplateResult } from 'lit';
import { outline } from '../common/icons.js';
import { optional } from '../common/optional.js';
import type { PlainText, Say } from '../text/texts.js';

const BACK = 'M14 6l-6 6 6 6';
const ON = 'M10 6l6 6-6 6';

/** Where a page stands among all. */
export interface PageView {
  readonly text: Say;
  /** "26–50 of 312", in words. */
  readonly range: string;
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
  /** Goes so many pages on. */
  turn(step: number): void;
}

/** The line below the list: to newer calls, which are shown, to older ones. */
export function pagerView({ text, range, hasNewer, hasOlder, turn }: PageView): TemplateResult {
  const button = (name: PlainText, step: number, usable: boolean) =>
    html`<button
      type="button"
      class="page"
      part="page"
      aria-disabled=${optional(!usable && 'true')}
      @click=${() => usable && turn(step)}
    >
      ${step < 0 ? outline(BACK) : nothing}<span class="page-name">${text(name)}</span>${
        step > 0 ? outline(ON) : nothing
      }
    </button>`;
  return html`<div class="pager" part="pager">
    ${button('newerCalls', -1, hasNewer)}
    <span class="muted number">${range}</span>
    ${button('olderCalls', 1, hasOlder)}
  </div>`;
}
