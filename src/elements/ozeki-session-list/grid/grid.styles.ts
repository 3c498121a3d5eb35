import { css } from '../../common/css.js';

/** Styles of a list that is a grid, and of one with many rows. */
export const gridStyles = css`
  tr:focus-visible {
    outline-offset: -2px;
  }
  [aria-selected='true'] {
    background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
    box-shadow: inset 3px 0 var(--_accent);
  }
  [aria-selected='true']:dir(rtl) {
    box-shadow: inset -3px 0 var(--_accent);
  }
  @media (forced-colors: active) {
    [aria-selected='true'] {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
  .bar {
    flex-wrap: wrap;
  }
  .sort {
    min-block-size: 24px;
  }
  .sort:hover {
    color: var(--_text);
  }
  [aria-sort='ascending'] .sort::after {
    content: ' ↑' / '';
  }
  [aria-sort='descending'] .sort::after {
    content: ' ↓' / '';
  }
  .find,
  .order {
    min-inline-size: 0;
    block-size: 28px;
    margin-inline-start: auto;
    padding: 0 10px;
    border: 1px solid color-mix(in srgb, var(--_muted) 75%, var(--_surface));
    border-radius: var(--_radius-s);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  .find {
    flex: 0 1 200px;
  }
  .find::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .order {
    display: none;
    margin: 0;
  }
  .none {
    flex-basis: 100%;
    padding: 16px;
    text-align: center;
  }

  /* Many rows: what is not drawn is a gap, so all have the same height. */
  .many {
    overflow-anchor: none;
  }
  .many table {
    table-layout: fixed;
  }
  .many thead th:nth-child(3) {
    inline-size: 23%;
  }
  .many thead th:nth-child(4) {
    inline-size: 5.5em;
  }
  .many thead th:nth-child(5) {
    inline-size: 8.5em;
  }
  .many thead th:nth-child(6) {
    inline-size: 9em;
  }
  .many tr[data-row] {
    block-size: 44px;
  }
  .many tr[data-row] > * {
    padding-block: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .many .state {
    display: flex;
  }
  .many .state svg {
    flex: none;
  }
  .gap {
    pointer-events: none;
  }
  .gap td {
    padding: 0;
    border: 0;
  }
  @container (width < 480px) {
    .order {
      display: block;
    }
    /* The heads are only read: no stop for the focus where nobody sees it. */
    .sort {
      display: contents;
    }
    .many .gap tr {
      display: block;
      padding: 0;
      border: 0;
    }
    .many .gap td {
      display: block;
    }
    .many tr[data-row] {
      block-size: 92px;
    }
  }
`;
