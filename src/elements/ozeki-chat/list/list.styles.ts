import { css } from '../../common/css.js';

export const listPartStyles = css`
  @layer element {
    .entry {
      inline-size: 100%;
      text-align: start;
    }
    .row small {
      font-size: 13px;
    }
    .more {
      padding: 8px 16px 16px;
      text-align: center;
    }
    .unread b {
      font-weight: 700;
    }
    .unread small {
      color: var(--_text);
    }
  }
`;
