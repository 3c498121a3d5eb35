import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    :host {
      /* The page lays out what is inside; only the panel measures itself. */
      container-type: normal;
    }
    .base {
      container-type: inline-size;
      /* Its width where the client has none of its own: floating, or in a row. */
      contain-intrinsic-inline-size: 300px;
      margin-block-end: 16px;
      overflow-x: auto;
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
