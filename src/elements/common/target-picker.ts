import { html, nothing, type TemplateResult } from 'lit';
import { css } from './css.js';
import { optional } from './optional.js';
import { speakPanels } from '../text/en-panels.js';
import type { PhoneState } from '../../phone/state.js';
import type { Say } from '../text/texts.js';

speakPanels();

/** A number to type, or an extension to pick: where a call should go. */
export class TargetPicker {
  #number = '';
  #missing = false;
  readonly #update: () => void;

  /** @param update - Renders what the picker is part of. */
  constructor(update: () => void) {
    this.#update = update;
  }

  /** The number as it will be dialled; says on screen that there is none when it is empty. */
  take(): string {
    const number = this.#number.replace(/\s/g, '');
    this.#missing = !number;
    this.#update();
    return number;
  }

  /** The field; a line for each extension except one's own follows in {@link list}. */
  field(text: Say): TemplateResult {
    return html`<label class="target">
      <span class="visually-hidden">${text('numberOrExtension')}</span>
      <input
        class="number"
        type="text"
        inputmode="tel"
        autocomplete="off"
        spellcheck="false"
        dir="auto"
        placeholder=${text('numberOrExtension')}
        aria-invalid=${optional(this.#missing && 'true')}
        .value=${this.#number}
        @input=${(event: InputEvent) => {
          this.#number = (event.target as HTMLInputElement).value;
          this.#missing = false;
          this.#update();
        }}
      />
      ${this.#missing ? html`<span role="alert">${text('enterNumber')}</span>` : nothing}
    </label>`;
  }

  /** The extensions to pick from, each with what it is doing. */
  list({ extensions, identity }: PhoneState, text: Say): TemplateResult | typeof nothing {
    const others = extensions.filter((one) => one.kind === 'extension' && one.id !== identity?.number);
    if (!others.length) return nothing;
    return html`<ul class="targets" aria-label=${text('extensions')}>
      ${others.map(
        ({ id, name, status }) =>
          html`<li>
            <button
              type="button"
              class="pick"
              aria-pressed=${this.#number === id}
              @click=${() => {
                this.#number = id;
                this.#missing = false;
                this.#update();
              }}
            >
              <span class="dot ${status}"></span><span class="number">${id}</span>
              <span class="fill clip">${name}</span><small class="muted">${text(status)}</small>
            </button>
          </li>`,
      )}
    </ul>`;
  }
}

export const targetPickerStyles = css`
  .target {
    display: block;
  }
  .target input {
    inline-size: 100%;
    min-block-size: 40px;
    padding: 4px 10px;
    border: 1px solid var(--_muted);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    text-align: start;
  }
  .target input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .target [role='alert'] {
    color: var(--_negative);
    font-size: 12px;
  }
  .targets {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .pick {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 4px 8px;
    border: 1px solid transparent;
    border-radius: var(--_radius-s);
    font-size: 13.5px;
    text-align: start;
  }
  .pick:hover {
    background: var(--_raised);
  }
  .pick[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_raised);
  }
`;
