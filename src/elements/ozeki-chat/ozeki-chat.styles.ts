import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    .back {
      flex: none;
      inline-size: 32px;
      block-size: 32px;
      margin-inline-start: -8px;
    }
    .back:dir(rtl) svg {
      scale: -1 1;
    }
  }
`;
