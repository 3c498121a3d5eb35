import { css } from './css.js';

/**
 * The design tokens and the reset, for the `base` wrapper of every tag. `all: initial` keeps out what the page
 * would pass down by inheritance; direction is not part of it, and the colour scheme is taken from the page.
 * Each private `--_name` reads the public `--ozeki-name`, which a page may set at any level.
 */
export const tokens = css`
  @layer base {
    :host {
      display: block;
      container-type: inline-size;
      /* Without it the tag would have no width of its own in a flex row. */
      contain-intrinsic-inline-size: 300px;
      color-scheme: inherit;
      -webkit-tap-highlight-color: transparent;
    }
    :host([hidden]) {
      display: none;
    }
    .base {
      all: initial;
      color-scheme: inherit;
      --_surface: var(--ozeki-color-surface, light-dark(#fff, #15171c));
      --_raised: var(--ozeki-color-surface-raised, light-dark(#f4f5f7, #1e2128));
      --_text: var(--ozeki-color-text, light-dark(#14171c, #f1f3f7));
      --_muted: var(--ozeki-color-text-muted, light-dark(#5b6472, #a2abb9));
      --_border: var(--ozeki-color-border, light-dark(#d7dce3, #383e4a));
      --_accent: var(--ozeki-color-accent, light-dark(#1d5bd0, #8ab0ff));
      --_positive: var(--ozeki-color-positive, light-dark(#13753c, #4cc783));
      --_negative: var(--ozeki-color-negative, light-dark(#c4272e, #ff7a78));
      --_warning: var(--ozeki-color-warning, light-dark(#8a5800, #f0b53a));
      --_on-strong: var(--ozeki-color-on-strong, light-dark(#fff, #0d1016));
      --_radius-s: var(--ozeki-radius-s, 8px);
      --_radius-m: var(--ozeki-radius-m, 12px);
      --_radius-l: var(--ozeki-radius-l, 16px);
      --_control: var(--ozeki-size-control, 44px);
      --_duration: var(--ozeki-duration, 150ms);
      display: block;
      box-sizing: border-box;
      color: var(--_text);
      background: var(--_surface);
      font: var(--ozeki-font, 15px/1.4 system-ui, sans-serif);
      border: var(--ozeki-border-width, 1px) solid var(--_border);
      border-radius: var(--_radius-l);
      box-shadow: var(--ozeki-shadow, 0 1px 2px #0001, 0 4px 16px #0001);
      overflow: hidden;
    }
    /* Where not even two buttons fit side by side, nothing is cut off. */
    @container (width < 200px) {
      .base {
        overflow-x: auto;
      }
    }
    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }
    h2,
    p {
      margin: 0;
    }
    .muted {
      color: var(--_muted);
    }
    .number {
      font-variant-numeric: tabular-nums;
      /* A number reads from left to right everywhere, its plus sign first. */
      unicode-bidi: plaintext;
    }
    /* What is typed decides where a field begins its line; until then, the page does. */
    :placeholder-shown {
      direction: inherit;
    }
    .visually-hidden {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    @media (prefers-reduced-motion: reduce) {
      *,
      *::before,
      *::after {
        animation: none !important;
        transition: none !important;
      }
    }
  }
`;
