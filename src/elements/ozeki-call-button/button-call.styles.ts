import { css } from '../common/css.js';

/** Styles of a call button in a call. */
export const buttonCallStyles = css`
  .round-control {
    display: grid;
    place-content: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    background: var(--_raised);
  }
  .round-control:last-of-type {
    margin-inline-end: 4px;
  }
  .round-control.pressed {
    background: var(--_text);
    color: var(--_surface);
  }
  .round-control svg {
    inline-size: 20px;
    block-size: 20px;
  }
  .pop {
    position: absolute;
    inset-block-start: calc(100% + 8px);
    inset-inline-start: 0;
    z-index: 1;
    inline-size: 240px;
    padding: 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    box-shadow: var(--ozeki-shadow, 0 1px 2px #0001, 0 4px 16px #0001);
  }
  .picture {
    position: absolute;
    inline-size: 320px;
    padding: 0;
    overflow: hidden;
    background: #000;
  }
  .picture video {
    display: block;
    inline-size: 100%;
    aspect-ratio: 4 / 3;
    object-fit: cover;
  }
  .picture .self:not(:only-child) {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-end: 8px;
    inline-size: 30%;
    border-radius: var(--_radius-s);
  }
`;
