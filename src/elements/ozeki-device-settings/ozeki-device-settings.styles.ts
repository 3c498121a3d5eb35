import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    .sections {
      display: grid;
      gap: 1px;
      background: var(--_border);
    }
    .section {
      display: grid;
      align-content: start;
      gap: 10px;
      min-inline-size: 0;
      padding: 14px 16px 16px;
      background: var(--_surface);
    }
    h3 {
      display: flex;
      align-items: center;
      gap: 8px;
      margin: 0;
      font-size: 13.5px;
      font-weight: 600;
    }
    h3 svg {
      inline-size: 18px;
      block-size: 18px;
      color: var(--_muted);
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: start;
      gap: 8px;
    }
    .row .fill {
      flex-basis: 150px;
    }
    .row .button {
      min-inline-size: 104px;
      font-size: 13.5px;
    }
    .pick .hint {
      margin-block-start: 6px;
    }
    .button svg {
      inline-size: 20px;
      block-size: 20px;
    }
    .section .notice {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 10px;
      padding: 10px 12px;
      border-radius: var(--_radius-m);
      line-height: 1.35;
    }
    .section .notice .fill {
      flex-basis: 160px;
    }
    .bar + .notice {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    .meter {
      block-size: 10px;
      border-radius: 999px;
      background: var(--_raised);
      box-shadow: inset 0 0 0 1px var(--_border);
      overflow: hidden;
    }
    .level {
      display: block;
      block-size: 100%;
      border-radius: inherit;
      background: var(--_positive);
      transform: scaleX(var(--_level, 0));
      transform-origin: 0 50%;
      transition: transform 60ms linear;
      forced-color-adjust: none;
    }
    .level:dir(rtl) {
      transform-origin: 100% 50%;
    }
    .options {
      display: grid;
      gap: 2px;
    }
    /* Room for the three that most browsers have, and for what the meter says: both come with what checks devices. */
    .options.unknown {
      block-size: 132px;
    }
    .option {
      display: flex;
      align-items: center;
      gap: 12px;
      min-block-size: 36px;
      font-size: 13.5px;
      cursor: pointer;
    }
    input {
      appearance: none;
      position: relative;
      inline-size: 38px;
      block-size: 24px;
      flex: none;
      margin: 0;
      border: 1px solid color-mix(in srgb, var(--_muted) 75%, var(--_surface));
      border-radius: 999px;
      background: var(--_raised);
      cursor: pointer;
    }
    input::after {
      content: '';
      position: absolute;
      inset-block-start: 3px;
      inset-inline-start: 3px;
      inline-size: 16px;
      block-size: 16px;
      border-radius: 50%;
      background: var(--_muted);
      transition: opacity var(--_duration);
    }
    input:checked {
      border-color: transparent;
      background: var(--_accent);
    }
    input:checked::after {
      inset-inline: auto 3px;
      background: var(--_on-strong);
    }
    .preview {
      display: block;
      inline-size: 100%;
      aspect-ratio: 4 / 3;
      border-radius: var(--_radius-m);
      background: #000;
      object-fit: cover;
      transform: scaleX(-1);
    }
    @container (width >= 640px) {
      .sections {
        grid-template-columns: 1fr 1fr;
        grid-template-rows: auto auto 1fr;
      }
      .section:first-child {
        grid-row: 1 / -1;
      }
    }
    @media (forced-colors: active) {
      .meter,
      input {
        border: 1px solid CanvasText;
      }
      .level,
      input:checked {
        forced-color-adjust: none;
        background: Highlight;
      }
      input::after {
        forced-color-adjust: none;
        background: CanvasText;
      }
    }
  }
`;
