import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    .base {
      display: flex;
      flex-direction: column;
      block-size: 100%;
      margin: 0;
    }
    .base > * {
      flex: none;
    }
    .bar {
      min-block-size: 48px;
    }
    /* The call that is out of sight. */
    .call {
      inline-size: 100%;
      border-radius: 0;
      background: color-mix(in srgb, var(--_positive) 12%, var(--_surface));
      text-align: start;
    }
    .back {
      color: var(--_accent);
      font-weight: 600;
    }
    form {
      display: grid;
      flex: 1 1 auto;
      align-content: center;
      inline-size: min(100%, 360px);
      margin-inline: auto;
      padding-block: 40px;
    }
    .main {
      --_wide: 0;
      position: relative;
      display: flex;
      flex: 0 1 auto;
      flex-direction: column;
      min-block-size: 0;
    }
    .panel,
    [inline] {
      --ozeki-border-width: 0;
      --ozeki-radius-l: 0;
      --ozeki-shadow: none;
    }
    /* It lies over what is there, and takes no place before: nothing moves when a call rings. */
    ozeki-incoming-call {
      position: absolute;
      inset: 0 0 auto;
      z-index: 2;
      grid-column: 1 / 2;
    }
    [inline]::part(base) {
      border-block-end: 1px solid var(--_border);
      box-shadow: 0 12px 24px #0002;
    }
    .panel {
      flex: 0 1 var(--ozeki-size-phone, 576px);
      min-block-size: 0;
      overflow: auto;
    }
    .place {
      --ozeki-size-key: 78px;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      align-content: start;
    }
    .place:has(ozeki-dialpad) {
      align-content: safe center;
    }
    /* Other calls have lines of their own: hang up stays in sight. */
    [data-others] {
      --ozeki-size-hero: 0px;
    }
    [data-others='2'] ozeki-call::part(avatar) {
      display: none;
    }
    form ~ .main,
    [hidden] {
      display: none !important;
    }
    .panel:focus-visible {
      outline-offset: -2px;
    }
    /* Inside, the keypad would lie over it. */
    .base:focus-visible {
      outline-offset: 1px;
    }
    /* The tags fill their place; what their head lines say, the tab says. */
    ozeki-dialpad::part(status),
    .fills::part(bar),
    ozeki-device-settings::part(head) {
      display: none;
    }
    .fills {
      block-size: 100%;
    }
    .fills::part(base) {
      display: flex;
      flex-direction: column;
      block-size: 100%;
    }
    .fills::part(scroll),
    .fills::part(log) {
      flex: 1;
      block-size: auto;
      min-block-size: 0;
      max-block-size: none;
    }
    /* With whom somebody writes, and the way back, no tab says. */
    ozeki-chat:state(open)::part(bar) {
      display: flex;
    }
    .tabs {
      display: flex;
      order: 1;
      flex: none;
      flex-wrap: wrap;
      border-block-start: 1px solid var(--_border);
    }
    .tab {
      position: relative;
      display: grid;
      flex: 1 1 0;
      align-content: center;
      justify-items: center;
      gap: 3px;
      min-inline-size: 24px;
      min-block-size: 56px;
      padding: 4px 2px;
      border-block: 2px solid transparent;
      color: var(--_muted);
      font-size: 12px;
      line-height: 1.2;
    }
    .tab .clip {
      max-inline-size: 100%;
    }
    .tab:hover {
      color: var(--_text);
    }
    .tab:focus-visible {
      outline-offset: -3px;
      border-radius: var(--_radius-s);
    }
    .tab[aria-selected='true'] {
      border-block-start-color: var(--_accent);
      color: var(--_accent);
      font-weight: 600;
    }
    .badge {
      position: absolute;
      inset-block-start: 4px;
      inset-inline-start: calc(50% + 4px);
      min-inline-size: 18px;
      padding: 0 5px;
      border-radius: 999px;
      background: var(--_negative);
      color: var(--_on-strong);
      font-size: 11px;
      font-weight: 600;
      line-height: 18px;
      text-align: center;
    }
    @container (width < 340px) {
      .tab .clip {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        clip-path: inset(50%);
      }
      .tab {
        min-block-size: 48px;
      }
    }
    @container (width >= 640px) {
      .main {
        --_wide: 1;
      }
      .two {
        display: grid;
        grid-template: auto minmax(0, var(--ozeki-size-phone, 576px)) / minmax(300px, 2fr) 3fr;
      }
      .two .place {
        grid-row: 1 / 3;
        border-inline-end: 1px solid var(--_border);
      }
      .two .panel {
        block-size: auto;
      }
      .two .tabs {
        order: 0;
        border-block: 0 1px solid var(--_border);
      }
      .two .tab[aria-selected='true'] {
        border-block-color: transparent var(--_accent);
      }
    }
    @media (forced-colors: active) {
      .tab {
        border-color: Canvas;
      }
      .tab[aria-selected='true'] {
        border-block-start-color: Highlight;
      }
      .badge {
        border: 1px solid CanvasText;
      }
    }
  }
`;
