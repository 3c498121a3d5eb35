import { html, type TemplateResult } from 'lit';
import { css } from '../../common/css.js';
import type { PhoneState, Session } from '../../../phone/state.js';
import { TargetPicker, targetPickerStyles } from '../../common/target-picker.js';
import type { Say } from '../../text/texts.js';

type Party = 'caller' | 'callee';

/** What the panel asks the list for. */
export interface TransferHost {
  update(): void;
  close(): void;
  send(leaving: Party, to: string): Promise<void>;
}

/** Who leaves a session, and who comes in instead. */
export class SessionTransfer {
  #leaving: Party = 'caller';
  #busy = false;
  readonly #picker: TargetPicker;

  constructor(
    readonly sessionId: string,
    readonly host: TransferHost,
  ) {
    this.#picker = new TargetPicker(() => host.update());
  }

  render(session: Session, state: PhoneState, text: Say): TemplateResult {
    const choice = (party: Party, name: string) =>
      html`<label>
        <input
          type="radio"
          name="leaving"
          .checked=${this.#leaving === party}
          @change=${() => {
            this.#leaving = party;
          }}
        />
        ${text(party)} <span class="number">${session[party]}</span> ${name}
      </label>`;
    return html`<form novalidate @submit=${this.#submit}>
      <fieldset>
        <legend>${text('whoLeaves')}</legend>
        ${choice('caller', session.callerName)} ${choice('callee', session.calleeName)}
      </fieldset>
      ${this.#picker.field(text)} ${this.#picker.list(state, text)}
      <div class="choices">
        <button type="submit" class="button">${text('transferNow')}</button>
        <button type="button" class="button plain" @click=${() => this.host.close()}>
          ${text('cancel')}
        </button>
      </div>
    </form>`;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const to = this.#busy ? '' : this.#picker.take();
    if (!to) return;
    this.#busy = true;
    void this.host.send(this.#leaving, to).finally(() => (this.#busy = false));
  };
}

const ownStyles = css`
  .below td {
    padding: 12px 16px 16px;
  }
  .panel form {
    display: grid;
    gap: 10px;
    max-inline-size: 360px;
  }
  fieldset {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 4px;
    font-weight: 600;
  }
  fieldset label {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 28px;
  }
  [type='radio'] {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .choices {
    display: flex;
    gap: 8px;
  }
  .choices .button {
    min-block-size: 38px;
  }
`;

export const styles = [targetPickerStyles, ownStyles];
