import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    :host {
      /* The page lays out what is inside; only the panel measures itself. */
      container-type: normal;
    }
    .base {
      container-type: inline-size;
      margin-block-end: 16px;
    }
    .notice {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
    }
    .notice div {
      flex: 1 1 12em;
    }
  }
`;
