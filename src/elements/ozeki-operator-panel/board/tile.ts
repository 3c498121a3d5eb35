/** An extension: what it is doing, with whom and for how long, and what a click on it does. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Extension } from '../../../phone/state.js';
import { icon } from '../../common/icons.js';
import type { Say } from '../../text/texts.js';

/** What a click on a tile does; nothing where it cannot be called. */
export type TileAction = 'drop' | 'pickUp' | 'call' | null;

export interface TileView {
  readonly text: Say;
  readonly tabIndex: 0 | -1;
  readonly action: TileAction;
  /** It is this phone. */
  readonly own: boolean;
  /** Whom it talks to, or who calls it; and since how many milliseconds. */
  readonly talk: { readonly who: string; readonly time: number } | undefined;
  /** Something is dragged over it. */
  readonly over: boolean;
  act(): void;
}

const WHAT = {
  drop: ['dropHere', 'transfer', 'target'],
  pickUp: ['pickUp', 'bell', 'pick-up'],
  call: ['call', 'phone', ''],
} as const;

export function tileView({ id, name, status }: Extension, view: TileView): TemplateResult {
  const { text, action, talk } = view;
  const [word, sign, kind] = action ? WHAT[action] : [undefined, undefined, ''];
  const doing = [view.own && text('thisPhone'), text(status), talk?.who].filter(Boolean);
  return html`<button
    type="button"
    class="tile ${kind} ${view.over ? 'over' : ''}"
    part="tile ${kind}"
    data-extension=${id}
    tabindex=${view.tabIndex}
    aria-disabled=${!action}
    @click=${() => view.act()}
  >
    <span class="dot ${status}" part="dot"></span>
    <span class="fill">
      <b class="clip"><bdi class="number">${id}</bdi> ${name}</b>
      <small class="doing"
        ><span class="fill clip"
          >${doing.map((one, place) => html`${place ? ' · ' : ''}<bdi>${one}</bdi>`)}</span
        >
        ${talk ? html`<span class="number" part="time">${text('duration', talk.time)}</span>` : nothing}</small
      >
    </span>
    ${word ? html`<span class="visually-hidden">${text(word)}</span>${icon(sign)}` : nothing}
  </button>`;
}
