import { css } from './css.js';

/** Somebody's initial in a circle (`.avatar`), and a ring that pulses around who waits (`.waits`). */
export const avatarStyles = css`
  @layer base {
    .avatar {
      position: relative;
      display: grid;
      place-content: center;
      inline-size: 84px;
      block-size: 84px;
      flex: none;
      border-radius: 50%;
      background: color-mix(in srgb, var(--_accent) 16%, var(--_surface));
      color: var(--_accent);
      font-size: 30px;
      font-weight: 600;
    }
    .waits::after {
      content: '';
      position: absolute;
      inset: 0;
      border: 2px solid var(--_warning);
      border-radius: 50%;
      animation: pulse 1.6s ease-out infinite;
    }
    @keyframes pulse {
      from {
        opacity: 0.9;
      }
      to {
        opacity: 0;
        transform: scale(1.3);
      }
    }
  }
`;
