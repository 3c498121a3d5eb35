import { css } from '../../common/css.js';

/** Styles of the actions in a row. */
export const actionsStyles = css`
  .actions {
    padding-block: 4px;
    text-align: end;
    white-space: nowrap;
  }
  .action {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    line-height: 0;
    vertical-align: middle;
  }
  .action:hover {
    background: var(--_border);
  }
  .action svg {
    inline-size: 18px;
    block-size: 18px;
  }
  @media (hover: hover) {
    .actions {
      opacity: 0;
      transition: opacity var(--_duration);
    }
    tr:hover > .actions,
    tr:focus-within > .actions {
      opacity: 1;
    }
  }
  @container (width < 480px) {
    .actions {
      grid-area: 3 / 2;
      opacity: 1;
    }
    .below td {
      grid-column: 1 / -1;
    }
  }
`;
