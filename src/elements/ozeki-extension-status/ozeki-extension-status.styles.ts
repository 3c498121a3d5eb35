import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    .list {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(150px, 100%), 1fr));
      gap: 8px;
      margin: 0;
      padding: 14px;
      list-style: none;
    }
    :host([extension]) .base {
      border: 0;
      border-radius: var(--_radius-m);
      box-shadow: none;
    }
    :host([extension]) .list {
      display: block;
      padding: 0;
    }
    li {
      display: grid;
    }
    .none {
      grid-column: 1 / -1;
    }
    .tile {
      display: flex;
      align-items: center;
      gap: 10px;
      inline-size: 100%;
      min-block-size: 52px;
      padding: 8px 12px;
      border: 1px solid var(--_border);
      border-radius: var(--_radius-m);
      line-height: 1.25;
      text-align: start;
    }
    .tile[aria-disabled] {
      opacity: 1;
    }
    b,
    b + small {
      display: block;
      overflow-wrap: anywhere;
    }
    b {
      font-weight: 600;
    }
    small {
      font-weight: 400;
      font-size: 12px;
      color: var(--_muted);
    }
    .tile svg {
      inline-size: 18px;
      block-size: 18px;
      opacity: 0;
    }
    [aria-disabled='false']:is(:hover, :focus-visible) {
      background: var(--_raised);
    }
    [aria-disabled='false']:is(:hover, :focus-visible) svg,
    .ringing ~ svg {
      opacity: 1;
    }
    .dot.ringing {
      border-radius: 1px;
      rotate: 45deg;
      animation: pulse 1s ease-in-out infinite alternate;
    }
    @keyframes pulse {
      to {
        opacity: 0.35;
      }
    }
  }
`;
