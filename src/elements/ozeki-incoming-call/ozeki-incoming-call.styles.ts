import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    :host {
      /* The window measures itself; the tag takes no room. */
      container-type: normal;
    }
    .base {
      container-type: inline-size;
      /* Without it the tag would have no width of its own in a flex row. */
      contain-intrinsic-inline-size: 300px;
    }
    .base[popover] {
      position: fixed;
      inset: auto;
      inset-block-start: var(--ozeki-incoming-offset, 16px);
      inset-inline-end: var(--ozeki-incoming-offset, 16px);
      inline-size: min(380px, 100vw - 2 * var(--ozeki-incoming-offset, 16px));
      max-block-size: calc(100vh - 2 * var(--ozeki-incoming-offset, 16px));
      overflow: auto;
      box-shadow: var(--ozeki-shadow, 0 2px 8px #0003, 0 12px 40px #0003);
      animation: arrive var(--_duration) ease-out;
    }
    .base[popover]:not(:popover-open) {
      display: none;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(-8px);
      }
    }
    .call {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      align-items: center;
      gap: 4px 14px;
      padding: 16px 16px 8px;
    }
    .call + .call,
    .call + .notify {
      border-block-start: 1px solid var(--_border);
    }
    .call > :nth-child(n + 3) {
      grid-column: 1 / -1;
    }
    h2 {
      font-size: 15px;
      font-weight: 600;
      line-height: 1.3;
      overflow-wrap: anywhere;
    }
    .avatar {
      inline-size: 52px;
      block-size: 52px;
      font-size: 19px;
    }
    .decide {
      display: flex;
      gap: 8px;
      margin-block-start: 10px;
    }
    .decide .fill {
      padding: 0 8px;
    }
    .more {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 0 24px;
    }
    .link {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 6px;
      min-block-size: 40px;
      color: var(--_accent);
      font-size: 13.5px;
      font-weight: 600;
    }
    .link svg {
      inline-size: 18px;
      block-size: 18px;
    }
    [part='forward']:dir(rtl) svg {
      transform: scaleX(-1);
    }
    .notify {
      inline-size: 100%;
      color: var(--_muted);
      font-weight: 400;
    }
    .notice {
      border-radius: var(--_radius-m);
    }
    .panel {
      display: grid;
      gap: 8px;
      padding-block-end: 8px;
    }
    .said {
      /* It stands outside the base, where the page's inherited styles come in. */
      visibility: visible;
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    @container (width < 300px) {
      .decide {
        flex-wrap: wrap;
      }
      .decide .negative {
        flex-basis: 100%;
      }
    }
    @media (forced-colors: active) {
      .avatar {
        border: 1px solid CanvasText;
      }
    }
  }
`;
