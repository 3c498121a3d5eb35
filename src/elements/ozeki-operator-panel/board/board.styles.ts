import { css } from '../../common/css.js';

/** How tall a tile is, in pixels: the rows of tiles are placed by it. */
export const TILE = 64;

export const styles = css`
  @layer element {
    h3 {
      display: flex;
      gap: 6px;
      margin: 0;
      padding: 12px 16px 6px;
      font-size: 12px;
      font-weight: 600;
    }
    /* Nothing moves when something is taken up: it may be dragged already. */
    .bar {
      flex-wrap: wrap;
    }
    .bar > * {
      min-block-size: 36px;
    }
    .bar h2 {
      flex: 1;
      min-inline-size: 0;
      line-height: 36px;
    }
    .bar .search {
      flex: 0 1 280px;
    }
    .bar .button {
      padding-inline: 12px;
    }
    .carries {
      background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
    }
    .hint {
      padding: 0 16px 12px;
      color: var(--_muted);
      font-size: 13.5px;
    }
    .talk {
      padding-block-end: 8px;
      border-block-end: 1px solid var(--_border);
    }
    .row {
      gap: 4px;
      padding-block: 8px;
      content-visibility: auto;
      contain-intrinsic-block-size: auto 64px;
    }
    .parties {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 6px;
      font-size: 13.5px;
      font-weight: 600;
    }
    .party,
    .to {
      display: flex;
      align-items: center;
      min-inline-size: 0;
      min-block-size: 28px;
    }
    .chip {
      gap: 2px;
      padding-inline: 4px 10px;
      border: 1px solid var(--_border);
      border-radius: 999px;
      background: var(--_surface);
      font-weight: 600;
      cursor: grab;
    }
    .chip:hover {
      border-color: var(--_muted);
    }
    .chip svg {
      inline-size: 18px;
      block-size: 18px;
      color: var(--_muted);
      stroke-width: 2.4;
      /* A finger drags by the grip, and scrolls elsewhere. */
      touch-action: none;
    }
    .chip[aria-pressed='true'] {
      border-color: var(--_accent);
      background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
    }
    .to::before {
      content: '→' / '';
      margin-inline-end: 6px;
      color: var(--_muted);
    }
    .to:dir(rtl)::before {
      content: '←' / '';
    }
    .row small {
      display: flex;
      gap: 10px;
      margin-block-start: 4px;
    }
    .state {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      font-weight: 600;
    }
    .state svg {
      inline-size: 14px;
      block-size: 14px;
      stroke-width: 2.2;
    }
    .accent {
      color: var(--_accent);
    }
    .good,
    .accept,
    .round-action.pick-up,
    .pick-up svg {
      color: var(--_positive);
    }
    .bad,
    .urgent .state,
    .urgent .time {
      color: var(--_negative);
    }
    .warning,
    .late .time {
      color: var(--_warning);
    }
    .late .time,
    .urgent .time {
      font-weight: 600;
    }
    .urgent {
      box-shadow: inset 3px 0 var(--_negative);
    }
    .urgent:dir(rtl) {
      box-shadow: inset -3px 0 var(--_negative);
    }
    .listen[aria-pressed='true'] {
      background: var(--_accent);
      color: var(--_on-strong);
    }
    .scroll {
      padding: 0 16px 16px;
    }
    .window {
      position: relative;
    }
    .tiles {
      position: absolute;
      inset-inline: 0;
      display: grid;
      grid-template-columns: repeat(var(--_columns, 1), minmax(0, 1fr));
      gap: 8px;
    }
    .tile {
      position: relative;
      display: flex;
      align-items: center;
      gap: 10px;
      inline-size: 100%;
      block-size: 64px;
      padding: 6px 12px;
      border: 1px solid var(--_border);
      border-radius: var(--_radius-m);
      background: var(--_surface);
      line-height: 1.35;
      text-align: start;
    }
    .tile[aria-disabled='true'] {
      opacity: 1;
    }
    .carried .tile[aria-disabled='true'] {
      opacity: 0.5;
    }
    .tile b,
    .tile small {
      display: block;
      font-size: 13.5px;
    }
    .tile .doing {
      display: flex;
      gap: 8px;
    }
    /* Whom it talks to is cut at that name's own end. */
    .doing .fill {
      display: flex;
      white-space: pre;
    }
    .doing bdi:last-child {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .tile small {
      color: var(--_muted);
      font-size: 12px;
    }
    /* Over the end of the name, so that nothing moves when it comes. */
    .tile svg {
      position: absolute;
      inset-block-start: 8px;
      inset-inline-end: 10px;
      inline-size: 20px;
      block-size: 20px;
      padding: 1px;
      border-radius: 50%;
      background: inherit;
      opacity: 0;
    }
    .tile[aria-disabled='false']:is(:hover, :focus-visible) {
      background: var(--_raised);
    }
    .tile[aria-disabled='false']:is(:hover, :focus-visible, .target, .pick-up) svg {
      opacity: 1;
    }
    .tile:focus-visible {
      outline-offset: 0;
    }
    .target {
      border: 1px dashed var(--_accent);
    }
    .target.over,
    .target:is(:hover, :focus-visible) {
      border-style: solid;
      background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
      box-shadow: inset 0 0 0 1px var(--_accent);
    }
    .dot.ringing {
      border-radius: 1px;
      rotate: 45deg;
    }
    .ghost {
      inset: 0 auto auto 0;
      margin: 0;
      padding: 6px 14px;
      border: 0;
      border-radius: 999px;
      background: var(--_accent);
      color: var(--_on-strong);
      font-size: 13.5px;
      font-weight: 600;
      pointer-events: none;
    }
    .tile:is(.target, .pick-up) b {
      padding-inline-end: 26px;
    }
    @container (width < 480px) {
      .bar .search {
        flex: 1 0 100%;
      }
    }
    @container (width >= 720px) {
      .desk {
        display: grid;
        grid-template-columns: minmax(300px, 2fr) 3fr;
      }
      .parties {
        font-size: 15px;
      }
      .talk {
        max-block-size: calc(var(--ozeki-size-list, 480px) + 36px);
        overflow: auto;
        border-block-end: 0;
        border-inline-end: 1px solid var(--_border);
      }
    }
    @media (forced-colors: active) {
      .chip[aria-pressed='true'],
      .listen[aria-pressed='true'],
      .target {
        border-color: Highlight;
      }
    }
  }
`;
