import { css } from './css.js';

/**
 * Buttons and the few other things most tags show: `.button` (a pill; `positive`, `negative`, `plain`, `round`),
 * `.bar` (a head line), `.dot` (a state), `.notice` (a sentence that wants attention); `.fill` takes the room that
 * is left, `.clip` cuts a text that is too long for it.
 */
export const controls = css`
  @layer base {
    button {
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
      touch-action: manipulation;
    }
    :focus-visible {
      outline: 2px solid var(--_accent);
      outline-offset: 2px;
    }
    svg {
      inline-size: 22px;
      block-size: 22px;
      flex: none;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.8;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .button {
      display: inline-flex;
      align-items: center;
      justify-content: center;
      gap: 8px;
      min-block-size: var(--_control);
      padding: 0 16px;
      border: 1px solid transparent;
      border-radius: 999px;
      background: var(--_accent);
      color: var(--_on-strong);
      font-weight: 600;
      line-height: 1;
      transition: opacity var(--_duration);
    }
    .button:hover {
      opacity: 0.9;
    }
    .button:active {
      opacity: 0.8;
    }
    .positive {
      background: var(--_positive);
    }
    .negative {
      background: var(--_negative);
    }
    .plain {
      background: none;
      border-color: var(--_border);
      color: var(--_text);
    }
    .round {
      inline-size: var(--_control);
      padding: 0;
      flex: none;
    }
    :disabled,
    [aria-disabled='true'] {
      opacity: 0.5;
      cursor: default;
    }
    .fill {
      flex: 1;
      min-inline-size: 0;
    }
    .clip {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .bar {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 44px;
      padding: 8px 16px;
      border-block-end: 1px solid var(--_border);
      font-size: 13.5px;
    }
    .dot {
      display: inline-block;
      inline-size: 9px;
      block-size: 9px;
      flex: none;
      border-radius: 50%;
      background: var(--_positive);
      forced-color-adjust: none;
    }
    .dot.busy {
      border-radius: 2px;
      background: var(--_negative);
    }
    .dot.ringing,
    .dot.held {
      background: var(--_warning);
    }
    .offline {
      background: none;
      border: 2px solid var(--_muted);
    }
    .notice {
      padding: 10px 16px;
      background: color-mix(in srgb, var(--_warning) 14%, var(--_surface));
      font-size: 13.5px;
    }
    .notice .plain {
      border-color: currentColor;
    }
    .notice:empty {
      padding: 0;
    }
    @media (forced-colors: active) {
      /* An icon with a colour of its own would keep it. */
      svg {
        color: inherit !important;
      }
      .dot {
        border: 1px solid CanvasText;
      }
    }
  }
`;
