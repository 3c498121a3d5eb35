import { css } from '../common/css.js';

export const callButtonStyles = css`
  @layer element {
    :host {
      display: inline-block;
      container-type: normal;
      vertical-align: middle;
    }
    .base {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
      position: relative;
      max-inline-size: 100%;
      border-color: transparent;
      border-radius: 999px;
      background: none;
      box-shadow: none;
      overflow: visible;
    }
    .on {
      border-color: var(--_border);
      background: var(--_surface);
    }
    .state {
      padding-inline: 6px 12px;
      font-size: 13.5px;
    }
    .message {
      padding-inline: 8px;
      font-size: 13.5px;
    }
  }
`;
