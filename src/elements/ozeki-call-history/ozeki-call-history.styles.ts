import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    h3 {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      margin: 0;
      padding: 10px 16px 4px;
      background: var(--_surface);
      color: var(--_muted);
      font-size: 12px;
      font-weight: 600;
    }
    .kind {
      display: grid;
      flex: none;
      color: var(--_muted);
    }
    .kind svg {
      inline-size: 18px;
      block-size: 18px;
    }
    .kind:dir(rtl) svg {
      transform: scaleX(-1);
    }
    .missed .kind,
    .missed b,
    .missed .outcome {
      color: var(--_negative);
    }
    .new b::before {
      content: '';
      display: inline-block;
      inline-size: 8px;
      block-size: 8px;
      margin-inline-end: 6px;
      border-radius: 50%;
      background: var(--_negative);
      vertical-align: 2px;
      forced-color-adjust: none;
    }
    time {
      flex: none;
      color: var(--_muted);
      font-size: 12px;
    }
    .spacer {
      inline-size: 36px;
      flex: none;
    }
    .stale {
      opacity: 0.6;
      transition: opacity var(--_duration);
    }
    .pager {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      padding: 8px 16px;
      border-block-start: 1px solid var(--_border);
      font-size: 13.5px;
    }
    .page {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-block-size: 32px;
      padding: 2px 8px;
      border-radius: 999px;
      color: var(--_accent);
      font-weight: 600;
    }
    .page:hover {
      background: var(--_raised);
    }
    .page svg {
      inline-size: 16px;
      block-size: 16px;
    }
    .page:dir(rtl) svg {
      transform: scaleX(-1);
    }
    @container (width < 300px) {
      .row {
        gap: 8px;
        padding-inline: 12px;
      }
      h3,
      .tools {
        padding-inline: 12px;
      }
      .page-name {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
  }
`;
