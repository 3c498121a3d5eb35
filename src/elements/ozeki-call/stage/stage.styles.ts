import { css } from '../../common/css.js';

/** The stage fills the card; the controls lie over the pictures and fade when nobody moves. */
export const stageStyles = css`
  .video .card {
    position: relative;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-block-size: var(--ozeki-size-stage, 420px);
    padding: 0;
    background: #0b0c0f;
    color: #fff;
    /* Over pictures the dark colours are readable in both schemes. */
    color-scheme: dark;
  }
  .video .top {
    position: absolute;
    inset: 0;
    display: block;
    min-block-size: 0;
  }
  .stage {
    position: absolute;
    inset: 0;
    display: flex;
    align-items: center;
    justify-content: center;
    overflow: hidden;
  }
  .stage .remote,
  .self video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .stage .remote {
    position: absolute;
    inset: 0;
  }
  .over {
    position: absolute;
    inset: 0 0 auto;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    padding: 12px 14px 28px;
    background: linear-gradient(#000b, #0006 60%, #0000);
    color: #fff;
  }
  .over h2 {
    margin: 0;
    font-size: 15px;
  }
  .over .pill,
  .video .disc,
  .tool {
    background: #0b0c0fb0;
    color: #fff;
  }
  .over .pill {
    margin: 0;
  }
  .video .disc.on {
    background: #fff;
    color: #0b0c0f;
  }
  .tool {
    display: grid;
    place-content: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
  }
  .over .notices {
    margin-block-start: 4px;
    color: var(--_text);
  }
  .room {
    position: absolute;
    inset: 60px 12px 150px;
    pointer-events: none;
  }
  .self {
    --_at-x: var(--_x, 1);
    position: absolute;
    inline-size: clamp(84px, 26cqi, 168px);
    aspect-ratio: 4 / 3;
    left: calc(var(--_at-x) * (100% - clamp(84px, 26cqi, 168px)));
    top: calc(var(--_y, 1) * (100% - clamp(63px, 19.5cqi, 126px)));
    border: 2px solid #fff;
    border-radius: var(--_radius-m);
    overflow: hidden;
    background: #1e2128;
    pointer-events: auto;
    cursor: grab;
    touch-action: none;
    z-index: 1;
  }
  .self:dir(rtl) {
    --_at-x: var(--_x, 0);
  }
  .self:active {
    cursor: grabbing;
  }
  .self video {
    transform: scaleX(-1);
    pointer-events: none;
  }
  .video .self:focus-visible,
  .video .actions :focus-visible,
  .tool:focus-visible {
    outline-color: #fff;
    outline-offset: -4px;
    box-shadow: 0 0 0 2px #0b0c0f;
  }
  .video .actions {
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    padding: 32px 12px 14px;
    background: linear-gradient(#0000, #000b 70%);
    pointer-events: none;
  }
  .video .controls {
    display: contents;
  }
  .video .actions button {
    pointer-events: auto;
  }
  .video .control {
    inline-size: 48px;
  }
  .video .disc {
    inline-size: 48px;
    block-size: 48px;
  }
  .video .actions .label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .video .wide {
    inline-size: 48px;
    block-size: 48px;
    padding: 0;
    flex: none;
  }
  .video .panel {
    inset: 8px 8px auto;
    z-index: 3;
    max-inline-size: 340px;
    max-block-size: calc(100% - 150px);
    margin-inline: auto;
    padding: 8px 12px 12px;
    border-radius: var(--_radius-m);
    background: var(--_surface);
    color: var(--_text);
  }
  .video .actions,
  .over {
    transition: opacity var(--_duration);
  }
  [data-resting] .actions,
  [data-resting] .over {
    opacity: 0;
  }
  [data-resting] .actions button,
  [data-resting] .over button {
    pointer-events: none;
  }
  @container (width < 290px) {
    .room {
      inset-block-end: 206px;
    }
  }
  @container (width >= 440px) {
    .room {
      inset-block-end: 96px;
    }
  }
  @media (forced-colors: active) {
    .over,
    .video .actions {
      background: Canvas;
      color: CanvasText;
    }
  }
`;
