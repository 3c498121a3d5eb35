import { css } from '../../common/css.js';

export const conferenceStyles = css`
  @layer element {
    .conference > .row {
      min-block-size: 44px;
    }
    .conference .rows {
      padding-block-end: 6px;
      border-block-end: 1px solid var(--_border);
    }
    .conference .rows .row {
      padding-inline-start: 32px;
    }
    .conference .rows .row[data-current] {
      padding-inline-start: 29px;
    }
    .box {
      display: grid;
      place-content: center;
      inline-size: 32px;
      block-size: 36px;
      flex: none;
      margin-inline-start: -6px;
    }
    .box::before {
      content: '';
      inline-size: 18px;
      block-size: 18px;
      border: 2px solid var(--_muted);
      border-radius: 4px;
      color: var(--_on-strong);
      font: 700 13px/14px system-ui;
      text-align: center;
    }
    .box[aria-checked='true']::before {
      content: '✓';
      border-color: var(--_accent);
      background: var(--_accent);
    }
    .merge {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 10px 16px;
      border-block-start: 1px solid var(--_border);
      font-size: 13.5px;
    }
    .merge .fill {
      flex-basis: 130px;
    }
    .merge .button {
      min-block-size: 36px;
    }
    @container (width < 300px) {
      .conference .rows .row {
        padding-inline-start: 20px;
      }
    }
  }
`;
