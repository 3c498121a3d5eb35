import { css } from '../common/css.js';

export const styles = css`
  @layer element {
    .row {
      gap: 4px;
    }
    .row[data-current] {
      background: color-mix(in srgb, var(--_accent) 8%, var(--_surface));
      border-inline-start: 3px solid var(--_accent);
      padding-inline-start: 13px;
    }
    .row.waiting {
      background: color-mix(in srgb, var(--_warning) 14%, var(--_surface));
    }
    .who {
      display: flex;
      align-items: center;
      gap: 12px;
      min-block-size: 44px;
      text-align: start;
      border-radius: var(--_radius-s);
    }
    .row .dot {
      margin-inline: 3px;
    }
    .hangUp {
      color: var(--_negative);
    }
    .accept,
    .reject {
      background: var(--_negative);
      color: var(--_on-strong);
    }
    .accept {
      background: var(--_positive);
    }
    @container (width < 300px) {
      .row {
        flex-wrap: wrap;
      }
      .who {
        flex-basis: 120px;
      }
    }
  }
`;
