import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    .word {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      font-weight: 600;
    }
    .level-1 {
      color: var(--_warning);
    }
    .level-0 {
      color: var(--_negative);
    }
    .level-2 {
      color: var(--_positive);
    }
    .dot.level-1 {
      border-radius: 1px;
      background: var(--_warning);
      rotate: 45deg;
    }
    .dot.level-0 {
      border-radius: 2px;
      background: var(--_negative);
    }
    .message {
      display: grid;
      justify-items: center;
      gap: 4px;
      min-block-size: 216px;
      align-content: center;
      padding: 16px;
      text-align: center;
      font-size: 13.5px;
    }
    .message svg {
      inline-size: 32px;
      block-size: 32px;
      color: var(--_muted);
    }
    .message b {
      font-size: 15px;
    }
    .mos {
      display: flex;
      align-items: end;
      gap: 16px;
      padding: 14px 16px 10px;
    }
    .value b {
      font-size: 24px;
      line-height: 1.1;
    }
    .value small {
      display: block;
      color: var(--_muted);
      font-size: 12px;
    }
    .plot {
      inline-size: auto;
      min-inline-size: 0;
      flex: 1;
      block-size: 40px;
      overflow: visible;
    }
    .plot:dir(rtl) {
      transform: scaleX(-1);
    }
    .rows .plot {
      inline-size: 100%;
      block-size: 24px;
    }
    path {
      vector-effect: non-scaling-stroke;
    }
    .line {
      stroke: var(--_accent);
    }
    .limit {
      stroke: var(--_muted);
      stroke-width: 1;
      stroke-dasharray: 2 4;
      opacity: 0.6;
    }
    .rows {
      display: grid;
      padding: 0 16px 12px;
      font-size: 13.5px;
    }
    .row {
      display: grid;
      grid-template-columns: minmax(0, 6.5em) 5em minmax(0, 1fr);
      align-items: center;
      gap: 12px;
      min-block-size: 40px;
      border-block-start: 1px solid var(--_border);
    }
    .row .number {
      text-align: end;
    }
    .bad b {
      color: var(--_warning);
    }
    .bad .line {
      stroke: var(--_warning);
    }
    .notice + .notice {
      border-block-start: 1px solid var(--_border);
    }
    @container (width < 240px) {
      .row {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .row .plot {
        display: none;
      }
    }
    @container (width >= 640px) {
      .base > .rows {
        grid-template-columns: repeat(3, 1fr);
        gap: 24px;
      }
      .row {
        grid-template-columns: 1fr auto;
        border: 0;
      }
      .row .plot {
        grid-column: 1 / -1;
      }
    }
    @media (forced-colors: active) {
      .line {
        stroke: CanvasText;
      }
    }
  }
`;
