import { css } from '../common/css.js';

export const callStyles = css`
  h2 {
    font-size: 20px;
    font-weight: 600;
    line-height: 1.3;
    overflow-wrap: anywhere;
    user-select: text;
  }
  .bar {
    white-space: nowrap;
  }
  .card {
    display: grid;
    gap: 20px;
    padding: 0 20px 20px;
  }
  .top {
    position: relative;
    display: grid;
    min-block-size: var(--ozeki-size-hero, 256px);
  }
  .hero {
    display: grid;
    align-content: center;
    justify-items: center;
    min-inline-size: 0;
    padding-block-start: 24px;
    text-align: center;
  }
  .hero .number {
    min-block-size: 21px;
  }
  .quiet {
    background: var(--_raised);
    color: var(--_muted);
  }
  .hero h2 {
    display: -webkit-box;
    margin-block: 14px 2px;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 27px;
    margin-block-start: 10px;
    padding: 3px 10px;
    border-radius: 999px;
    background: var(--_raised);
    font-size: 13.5px;
  }
  .actions {
    display: grid;
    align-content: center;
    gap: 20px;
  }
  .controls {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 14px 8px;
  }
  .control {
    display: grid;
    justify-items: center;
    gap: 6px;
    color: var(--_muted);
    font-size: 12px;
    line-height: 17px;
  }
  .control:focus-visible {
    outline: none;
  }
  .control:focus-visible .disc {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .disc {
    display: grid;
    place-content: center;
    inline-size: var(--ozeki-size-round-control, 52px);
    block-size: var(--ozeki-size-round-control, 52px);
    border-radius: 50%;
    background: var(--_raised);
    color: var(--_text);
    transition: opacity var(--_duration);
  }
  .control:hover .disc {
    opacity: 0.85;
  }
  .on {
    background: var(--_text);
    color: var(--_surface);
  }
  .wide {
    inline-size: 100%;
    min-block-size: 48px;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 6px;
    padding: 40px 20px;
    text-align: center;
  }
  .empty h2 {
    margin-block-start: 8px;
  }
  .incoming {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 4px 14px;
    padding: 16px;
    animation: arrive var(--_duration) ease-out;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(-8px);
    }
  }
  .incoming .avatar {
    inline-size: 52px;
    block-size: 52px;
    font-size: 19px;
  }
  .incoming h2 {
    font-size: 15px;
  }
  .incoming > :nth-child(n + 3) {
    grid-column: 1 / -1;
  }
  .decide {
    display: flex;
    gap: 8px;
    margin-block-start: 10px;
  }
  .decide .fill {
    padding: 0 8px;
  }
  .link {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 36px;
    color: var(--_accent);
    font-size: 13.5px;
    font-weight: 600;
  }
  .link:dir(rtl) svg {
    transform: scaleX(-1);
  }
  .link svg {
    inline-size: 18px;
    block-size: 18px;
  }
  @container (width < 300px) {
    .card {
      padding-inline: 12px;
    }
    .decide {
      flex-wrap: wrap;
    }
    .decide .negative {
      flex-basis: 100%;
    }
  }
  @container (width >= 640px) {
    .card {
      grid-template-columns: 1fr 1fr;
      padding-block-start: 20px;
    }
  }
  @media (forced-colors: active) {
    .disc,
    .avatar,
    .pill {
      border: 1px solid ButtonText;
    }
    .on {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
