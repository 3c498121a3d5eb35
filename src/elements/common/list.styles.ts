import { css } from './css.js';

/** What the lists of people and calls have in common: a search field, filters, rows, round buttons in them. */
export const listStyles = css`
  @layer base {
    h2 {
      font-size: 13.5px;
      font-weight: 600;
    }
    .tools {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      padding: 10px 16px;
      border-block-end: 1px solid var(--_border);
    }
    .search {
      flex: 1 1 180px;
      min-inline-size: 0;
      min-block-size: 36px;
      padding: 4px 10px;
      border: 1px solid var(--_muted);
      border-radius: var(--_radius-s);
      background: var(--_surface);
      color: var(--_text);
      font: inherit;
      font-size: 13.5px;
      text-align: start;
    }
    .search::placeholder {
      color: var(--_muted);
      opacity: 1;
    }
    .filters {
      display: flex;
      flex-wrap: wrap;
      gap: 2px;
    }
    .filter {
      min-block-size: 32px;
      padding: 2px 8px;
      border: 1px solid transparent;
      border-radius: 999px;
      color: var(--_muted);
      font-size: 13px;
    }
    .filter:hover {
      background: var(--_raised);
    }
    .filter[aria-pressed='true'] {
      border-color: var(--_border);
      background: var(--_raised);
      color: var(--_text);
      font-weight: 600;
    }
    .scroll {
      max-block-size: var(--ozeki-size-list, 480px);
      overflow: auto;
    }
    .rows {
      margin: 0;
      padding: 0;
      /* Empty and not none: with none, a list is no list to some screen readers. */
      list-style: '';
    }
    .row {
      display: flex;
      align-items: center;
      gap: 12px;
      min-block-size: 56px;
      padding: 6px 16px;
    }
    .row:hover {
      background: var(--_raised);
    }
    .row b,
    .row small {
      display: block;
    }
    .row b {
      font-size: 15px;
      font-weight: 600;
      line-height: 1.3;
    }
    /* A name is cut at its own end, and stands where the row begins. */
    .row b {
      text-align: left;
    }
    .row:dir(rtl) b {
      text-align: right;
    }
    .row small {
      color: var(--_muted);
      font-size: 12px;
      line-height: 1.4;
    }
    .round-action {
      display: grid;
      place-content: center;
      inline-size: 36px;
      block-size: 36px;
      flex: none;
      border-radius: 50%;
    }
    .round-action:hover {
      background: var(--_border);
    }
    .round-action svg {
      inline-size: 18px;
      block-size: 18px;
    }
    .link {
      min-block-size: 24px;
      color: var(--_accent);
      font-weight: 600;
      text-decoration: underline;
    }
    .call {
      color: var(--_positive);
    }
    .badge {
      min-inline-size: 20px;
      padding: 1px 6px;
      border-radius: 999px;
      background: var(--_negative);
      color: var(--_on-strong);
      font-size: 12px;
      font-weight: 600;
      line-height: 18px;
      text-align: center;
    }
    .empty {
      display: grid;
      justify-items: center;
      gap: 4px;
      padding: 32px 16px;
      text-align: center;
    }
    .empty .button {
      margin-block-start: 8px;
    }
    @media (forced-colors: active) {
      .filter[aria-pressed='true'] {
        border-color: Highlight;
      }
      .badge {
        border: 1px solid CanvasText;
      }
    }
  }
`;
