import { css } from '../../common/css.js';

/** Styles of what the card shows beside the plain call. */
export const extrasStyles = css`
  .quality {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .quality svg {
    inline-size: 18px;
    block-size: 18px;
    stroke-width: 3;
  }
  .dim {
    opacity: 0.3;
  }
  .strip {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 10px 16px;
    background: color-mix(in srgb, var(--_warning) 14%, var(--_surface));
    font-size: 13.5px;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .strip .fill {
    flex-basis: 100px;
  }
  .strip .muted {
    color: inherit;
    opacity: 0.85;
  }
  .pair {
    display: flex;
    gap: 8px;
  }
  .strip .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    inline-size: 100%;
  }
  .small {
    min-block-size: 32px;
    padding: 0 12px;
    border: 1px solid;
    border-radius: 999px;
    color: var(--_warning);
    font-size: 12px;
    font-weight: 600;
    white-space: nowrap;
  }
  .small.go {
    color: var(--_positive);
  }
  .small.stop {
    color: var(--_negative);
  }
  .reason {
    margin-block-start: 10px;
  }
  .notices {
    display: grid;
    gap: 6px;
    inline-size: 100%;
    margin-block-start: 12px;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 8px 12px;
    border-radius: var(--_radius-m);
    line-height: 1.35;
    text-align: start;
  }
  .notice .fill {
    flex-basis: 130px;
  }
  .hero:has(.notices) .avatar {
    inline-size: 44px;
    block-size: 44px;
    font-size: 19px;
  }
  .wide + .wide {
    margin-block-start: -10px;
  }
  .done {
    grid-template-rows: 1fr auto;
    min-block-size: 528px;
  }
  @container (width < 300px) {
    .mos {
      display: none;
    }
  }
  @container (width >= 640px) {
    .done {
      grid-template-rows: none;
      min-block-size: 0;
    }
  }
`;
