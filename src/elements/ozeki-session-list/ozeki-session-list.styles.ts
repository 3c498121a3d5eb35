import { css } from '../common/css.js';

export const sessionListStyles = css`
  h2 {
    font-size: 13.5px;
    font-weight: 600;
  }
  .notice {
    border-block-end: 1px solid var(--_border);
  }
  .empty {
    display: grid;
    gap: 4px;
    padding: 32px 16px;
    text-align: center;
  }
  .scroll {
    max-block-size: var(--ozeki-size-list, 480px);
    overflow: auto;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: 13.5px;
  }
  th,
  td {
    padding: 10px 8px;
    border-block-end: 1px solid var(--_border);
    font-weight: 400;
    text-align: start;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 16px;
  }
  tr > :last-child {
    padding-inline-end: 16px;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--_surface);
    color: var(--_muted);
    font-size: 12px;
    font-weight: 600;
  }
  tbody:last-child tr:last-child > * {
    border-block-end: 0;
  }
  tbody .number {
    white-space: nowrap;
  }
  tbody tr:not(.below):hover {
    background: var(--_raised);
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-weight: 600;
  }
  .state svg {
    inline-size: 16px;
    block-size: 16px;
    stroke-width: 2.2;
  }
  .accent {
    color: var(--_accent);
  }
  .good {
    color: var(--_positive);
  }
  .bad {
    color: var(--_negative);
  }
  .warning {
    color: var(--_warning);
  }
  @container (width < 480px) {
    table,
    tbody {
      display: block;
    }
    thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tbody tr {
      position: relative;
      display: grid;
      grid-template-columns: 1fr auto;
      align-items: center;
      gap: 2px 12px;
      padding: 12px 16px;
      border-block-end: 1px solid var(--_border);
    }
    tbody:last-child tr:last-child {
      border: 0;
    }
    tbody th,
    tbody td,
    tbody tr > :first-child,
    tbody tr > :last-child {
      padding: 0;
      border: 0;
    }
    .callee {
      grid-row: 2;
    }
    .callee::before {
      content: '→ ' / '';
    }
    .callee:dir(rtl)::before {
      content: '← ' / '';
    }
    .what {
      grid-area: 3 / 1;
    }
    .end {
      text-align: end;
    }
  }
`;
