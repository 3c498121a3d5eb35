import { html, type TemplateResult } from 'lit';
import { css } from './css.js';

/** The keys of a telephone and the letters on them (ITU-T E.161). */
const KEYS = '1 2ABC 3DEF 4GHI 5JKL 6MNO 7PQRS 8TUV 9WXYZ * 0+ #'.split(' ');

/** Whether a character is on a key. */
export function isKey(character: string): boolean {
  return /^[\d*#]$/.test(character);
}

/** The value of the key an event happened on; empty when it was none. */
export function keyOf({ target }: Event): string {
  return (target as Element).closest('button')?.value ?? '';
}

/** The twelve keys: `button.key`, each with its digit as `value`; `lit` is the one that lights. */
export function keyGrid(lit = '', disabled = false): TemplateResult {
  return html`<div class="keys" part="keys" dir="ltr">
    ${KEYS.map(
      ([key = '', ...letters]) =>
        html`<button
          class="key ${key === lit ? 'lit' : ''}"
          part="key"
          value=${key}
          data-letters=${letters.join('')}
          aria-label=${key}
          ?disabled=${disabled}
        >
          ${key === '*' ? '✱' : key}
        </button>`,
    )}
  </div>`;
}

export const keyStyles = css`
  @layer base {
    .keys {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
      gap: 8px;
    }
    .key {
      display: grid;
      place-content: center;
      justify-items: center;
      min-inline-size: 0;
      block-size: var(--ozeki-size-key, 58px);
      border: 1px solid transparent;
      border-radius: var(--_radius-m);
      background: var(--_raised);
      font-size: 22px;
      font-weight: 500;
      line-height: 1.1;
      user-select: none;
    }
    .key::after {
      /* The blanks keep the digits of all keys on one line. */
      content: '\\a0' attr(data-letters) '\\a0';
      font-size: 10px;
      font-weight: 400;
      letter-spacing: 0.12em;
      color: var(--_muted);
    }
    .key:hover {
      border-color: var(--_border);
    }
    .key.lit,
    .key.lit::after {
      background: var(--_accent);
      color: var(--_on-strong);
    }
  }
`;
