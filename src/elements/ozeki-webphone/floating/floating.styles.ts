import { css } from '../../common/css.js';

/** A phone in a corner, above everything else on the page. */
export const styles = css`
  @layer element {
    :host([floating]) {
      position: fixed;
    }
    .base[popover] {
      --_offset-inline: var(--ozeki-floating-inline, 16px);
      --_offset-block: var(--ozeki-floating-block, 16px);
      position: fixed;
      inset: auto;
      inset-block-end: max(var(--_offset-block), env(safe-area-inset-bottom));
      inset-inline-end: var(--_offset-inline);
      inline-size: min(var(--ozeki-floating-size, 380px), 100vw - 2 * var(--_offset-inline));
      block-size: auto;
      max-block-size: calc(100dvh - 2 * var(--_offset-block));
      box-shadow: var(--ozeki-shadow, 0 2px 8px #0003, 0 12px 40px #0003);
      animation: arrive var(--_duration) ease-out;
    }
    .base[popover]:not(:popover-open) {
      display: none;
    }
    :host([corner*='top']) .base {
      inset-block: max(var(--_offset-block), env(safe-area-inset-top)) auto;
    }
    :host([corner*='start']) .base {
      inset-inline: var(--_offset-inline) auto;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
    .base.closed {
      container-type: normal;
      inline-size: auto;
      border: 0;
      border-radius: 999px;
      background: none;
      box-shadow: none;
      overflow: visible;
      animation: none;
    }
    .close {
      margin-block: -8px;
      margin-inline-end: -10px;
      border: 0;
    }
    .closed .main {
      display: contents;
    }
    .closed > :not(.launcher, .main),
    .closed .main > :not(ozeki-incoming-call) {
      display: none;
    }
    .launcher {
      position: relative;
      min-inline-size: 56px;
      min-block-size: 56px;
      box-shadow: var(--ozeki-shadow, 0 1px 3px #0003, 0 6px 20px #0003);
      font-size: 15px;
    }
    .launcher .badge {
      inset-block-start: -4px;
      inset-inline: auto -4px;
      outline: 2px solid var(--_surface);
    }
    .launcher.ringing::after {
      content: '';
      position: absolute;
      inset: 0;
      border: 3px solid var(--_warning);
      border-radius: 999px;
      animation: ring 1.6s ease-out infinite;
    }
    @keyframes ring {
      to {
        opacity: 0;
        transform: scale(1.35);
      }
    }
    @media (width < 480px) {
      .base.open {
        inset: auto 0 0;
        inline-size: 100%;
        max-block-size: 100dvh;
        border-end-start-radius: 0;
        border-end-end-radius: 0;
        border-block-end: 0;
      }
    }
    @media (height < 720px) {
      .base[popover] .place {
        --ozeki-size-hero: 0px;
        --ozeki-size-key: 58px;
      }
    }
    @media (height < 640px) {
      .base[popover] ozeki-call::part(avatar) {
        display: none;
      }
    }
    @media (forced-colors: active) {
      .launcher {
        border: 1px solid CanvasText;
      }
    }
    @media print {
      .base[popover] {
        display: none;
      }
    }
  }
`;
