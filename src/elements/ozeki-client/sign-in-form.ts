import { css, html, nothing, type TemplateResult } from 'lit';
import type { ConnectionState } from '../../phone/state.js';

/** The text of a label, in the client's language. */
export type FormLabel = (key: 'signIn' | 'extension' | 'password' | 'server' | 'connecting') => string;

/** What was filled in. */
export interface SignInValues {
  extension: string;
  password: string;
  server?: string;
}

/** The form that asks who signs in; and where, once the address turned out not to work. */
export function signInForm(
  first: { readonly extension: string; readonly server: string },
  label: FormLabel,
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

  const field = (name: 'extension' | 'password' | 'server', value: string): TemplateResult =>
    html`<label>
      <span class="muted">${label(name)}</span>
      <input
        part="input"
        name=${name}
        type=${name === 'password' ? name : 'text'}
        autocomplete=${FILL[name]}
        autocapitalize="off"
        spellcheck="false"
        required
        .defaultValue=${value}
        aria-invalid=${invalid && name !== 'server' ? 'true' : 'false'}
        aria-describedby=${invalid ? 'problem' : nothing}
      />
    </label>`;

  return html`<form part="form" @submit=${send}>
    ${field('extension', first.extension)} ${field('password', '')}
    ${asksServer ? field('server', first.server || server) : nothing}
    <button class="button" part="button" aria-disabled=${busy ? 'true' : 'false'}>
      ${label(busy ? 'connecting' : 'signIn')}
    </button>
  </form>`;
}

const FILL = { extension: 'username', password: 'current-password', server: 'off' } as const;

export const styles = css`
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
    @container (min-width: 560px) {
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
