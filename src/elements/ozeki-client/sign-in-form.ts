import { html, nothing, type TemplateResult } from 'lit';
import { css } from '../common/css.js';
import type { ConnectionState } from '../../phone/state.js';
import type { Say } from '../text/texts.js';

/** What was filled in. */
export interface SignInValues {
  extension: string;
  password: string;
  server?: string;
}

/** The form that asks who signs in; and where, once the address turned out not to work. */
export function signInForm(
  first: { readonly extension: string; readonly server: string },
  text: Say,
  { status, problem, server }: ConnectionState,
  submit: (values: SignInValues) => void,
): TemplateResult {
  const busy = status === 'connecting';
  const invalid = status === 'refused';
  const asksServer = !busy && problem !== null && problem !== 'unauthorized' && problem !== 'rate-limited';

  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (!busy) submit(Object.fromEntries(new FormData(form)) as unknown as SignInValues);
  };

  const field = (
    name: 'extension' | 'password' | 'server',
    fill: 'username' | 'current-password' | 'off',
    value: string,
  ): TemplateResult =>
    html`<label>
      <span class="muted">${text(name)}</span>
      <input
        part="input"
        name=${name}
        type=${name === 'password' ? name : 'text'}
        autocomplete=${fill}
        autocapitalize="off"
        spellcheck="false"
        required
        .defaultValue=${value}
        aria-invalid=${invalid && name !== 'server'}
        aria-describedby=${invalid ? 'problem' : nothing}
      />
    </label>`;

  return html`<form part="form" @submit=${send}>
    ${field('extension', 'username', first.extension)} ${field('password', 'current-password', '')}
    ${asksServer ? field('server', 'off', first.server || server) : nothing}
    <button class="button" part="button" aria-disabled=${busy}>
      ${text(busy ? 'connecting' : 'signIn')}
    </button>
  </form>`;
}

export const formStyles = css`
  @layer element {
    form {
      display: grid;
      gap: 12px;
      padding: 16px;
    }
    label {
      display: grid;
      gap: 4px;
      font-size: 13.5px;
    }
    input {
      min-inline-size: 0;
      min-block-size: var(--_control);
      padding: 0 12px;
      font: inherit;
      font-size: 16px;
      color: inherit;
      background: var(--_raised);
      border: 1px solid color-mix(in srgb, var(--_muted) 75%, var(--_surface));
      border-radius: var(--_radius-s);
    }
    [aria-invalid='true'] {
      border-color: var(--_negative);
    }
    @container (width >= 560px) {
      form {
        display: flex;
        align-items: end;
      }
      label {
        flex: 1;
      }
      form button {
        min-inline-size: 140px;
      }
    }
  }
`;
