import { css } from '../common/css.js';

/** How tall a row is, in pixels: they are placed by it. */
export const ROW = 56;
export const styles = css`
  @layer element {
    .window {
      position: relative;
    }
    .entry {
      position: absolute;
      inset-inline: 0;
    }
    .row {
      block-size: 56px;
      gap: 4px;
    }
    .avatar {
      inline-size: 36px;
      block-size: 36px;
      margin-inline-end: 8px;
      font-size: 15px;
    }
    .avatar .dot {
      position: absolute;
      inset-block-end: -1px;
      inset-inline-end: -1px;
      inline-size: 12px;
      block-size: 12px;
      border: 2px solid var(--_surface);
    }
    .avatar .dot.offline {
      background: var(--_surface);
      box-shadow: inset 0 0 0 2px var(--_muted);
    }
    .avatar .dot.ringing {
      border-radius: 1px;
      rotate: 45deg;
    }
    .more[aria-expanded='true'] svg {
      rotate: 180deg;
    }
    .more,
    .video,
    .message {
      color: var(--_muted);
    }
    .below {
      block-size: 44px;
      min-block-size: 44px;
      padding-inline-start: 60px;
      font-size: 13.5px;
    }
    .narrow {
      display: none;
    }
    /* Where there is no room beside the name, they are below it. */
    @container (width < 400px) {
      .row:not(.below) > :is(.message, .video) {
        display: none;
      }
      .narrow {
        display: grid;
      }
      .below.narrow {
        display: flex;
      }
    }
    .below small {
      display: inline;
    }
    .stale {
      opacity: 0.6;
      transition: opacity var(--_duration);
    }
    @container (width < 300px) {
      .row,
      .tools {
        padding-inline: 12px;
      }
      .below {
        padding-inline-start: 56px;
      }
      .round-action {
        inline-size: 32px;
      }
    }
    @media (forced-colors: active) {
      .avatar {
        border: 1px solid CanvasText;
      }
    }
  }
`;
