import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    .pad {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 14px;
      padding: 16px;
    }
    .field {
      display: flex;
      border-block-end: 2px solid var(--_accent);
    }
    input {
      block-size: 48px;
      padding: 0;
      border: 0;
      outline: 0;
      background: none;
      color: inherit;
      font: inherit;
      font-size: 24px;
      font-variant-numeric: tabular-nums;
      letter-spacing: 0.02em;
    }
    :host(:dir(rtl)) input {
      text-align: end;
    }
    .field:has(input:focus-visible) {
      box-shadow: 0 2px 0 var(--_accent);
    }
    .erase {
      inline-size: var(--_control);
      margin-inline-end: -10px;
      border-radius: var(--_radius-s);
      color: var(--_muted);
    }
    .erase:dir(rtl) svg {
      transform: scaleX(-1);
    }
    .row {
      display: flex;
      gap: 8px;
    }
    .button {
      min-block-size: 48px;
    }
    .round {
      inline-size: 48px;
    }
    @media (forced-colors: active) {
      .lit {
        forced-color-adjust: none;
        background: Highlight;
        color: HighlightText;
      }
    }
  }
`;
