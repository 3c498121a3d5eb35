import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    .picture {
      position: relative;
      display: grid;
      aspect-ratio: 4 / 3;
      min-block-size: 120px;
      inline-size: 100%;
      background: var(--_raised);
      overflow: hidden;
    }
    video {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      background: #000;
      object-fit: cover;
    }
    .mirror {
      transform: scaleX(-1);
    }
    .badge {
      position: absolute;
      inset-block-start: 10px;
      inset-inline-start: 10px;
      display: inline-flex;
      align-items: center;
      gap: 6px;
      max-inline-size: calc(100% - 20px);
      padding: 3px 10px;
      border-radius: 999px;
      background: var(--_surface);
      font-size: 12px;
      line-height: 20px;
    }
    .sent {
      font-weight: 600;
    }
    .message {
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 8px;
      padding: 16px;
      color: var(--_muted);
      text-align: center;
    }
    .message svg {
      inline-size: 32px;
      block-size: 32px;
    }
    .controls {
      display: flex;
      flex-wrap: wrap;
      align-items: start;
      justify-content: end;
      gap: 8px;
      padding: 12px 16px;
      border-block-start: 1px solid var(--_border);
    }
    .pick {
      flex-basis: 104px;
    }
    .controls .button {
      font-size: 13.5px;
    }
    .controls .button:not(.round) {
      min-inline-size: 100px;
      padding: 0 12px;
    }
    .hint {
      margin-block-start: 6px;
    }
    [aria-pressed='true'] {
      border-color: var(--_text);
      background: var(--_text);
      color: var(--_surface);
    }
    @container (width < 180px) {
      .message p {
        font-size: 12px;
      }
      .controls {
        padding: 8px;
      }
    }
    @media (forced-colors: active) {
      .badge {
        border: 1px solid CanvasText;
      }
      [aria-pressed='true'] {
        forced-color-adjust: none;
        background: Highlight;
        color: HighlightText;
      }
    }
  }
`;
