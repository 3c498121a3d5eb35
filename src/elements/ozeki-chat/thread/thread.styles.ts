import { css } from '../../common/css.js';

export const threadStyles = css`
  @layer element {
    .log {
      block-size: var(--ozeki-size-list, 360px);
      padding: 12px 16px;
      overflow: auto;
      overscroll-behavior: contain;
      text-align: center;
    }
    .log:focus-visible {
      outline-offset: -2px;
    }
    .bubbles {
      display: flex;
      flex-direction: column;
      gap: 6px;
      margin: 0;
      padding: 0;
      list-style: '';
    }
    .bubbles > li {
      display: grid;
      justify-items: start;
      text-align: start;
    }
    .bubbles > .mine {
      justify-items: end;
    }
    .bubbles > .day {
      justify-items: center;
      padding-block: 6px;
      font-size: 12px;
    }
    .bubbles small {
      font-size: 12px;
    }
    .bubble {
      max-inline-size: 85%;
      padding: 8px 12px;
      border: 1px solid transparent;
      border-radius: var(--_radius-m);
      background: var(--_raised);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .theirs .bubble {
      border-end-start-radius: 2px;
    }
    .mine .bubble {
      border-end-end-radius: 2px;
      background: color-mix(in srgb, var(--_accent) 16%, var(--_surface));
    }
    .below {
      display: flex;
      margin: -44px auto 8px;
      min-block-size: 36px;
      background: var(--_surface);
    }
    .composer {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: 8px;
      padding: 10px 16px;
      border-block-start: 1px solid var(--_border);
    }
    .composer small {
      inline-size: 100%;
    }
    textarea {
      flex-basis: 120px;
      min-block-size: var(--_control);
      max-block-size: 140px;
      padding: 10px 12px;
      border: 1px solid var(--_muted);
      border-radius: var(--_radius-m);
      background: var(--_surface);
      color: var(--_text);
      font: inherit;
      resize: none;
      field-sizing: content;
    }
    textarea::placeholder {
      color: var(--_muted);
      opacity: 1;
    }
    @media (forced-colors: active) {
      .bubble {
        border-color: CanvasText;
      }
    }
  }
`;
