/** What can be set: devices, the language, and who is signed in. Loaded when somebody opens it. */
import { html, type TemplateResult } from 'lit';
import { css } from '../common/css.js';
import type { Say } from '../text/texts.js';

/** The languages of the kit (BCP 47). */
const LANGUAGES = ['en', 'de', 'es', 'fr', 'hu', 'it', 'nl', 'pl', 'pt', 'tr', 'ar', 'ja'];

export interface SettingsView {
  readonly text: Say;
  /** The language of the phone now. */
  readonly language: string;
  readonly signedIn: boolean;
  speak(language: string): void;
  signOut(): void;
}

/** Each language in its own words. */
function nameOf(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name[0]!.toLocaleUpperCase(language) + name.slice(1);
}

export function settingsView({ text, language, signedIn, speak, signOut }: SettingsView): TemplateResult {
  const spoken = language.split('-')[0]!;
  return html`<ozeki-device-settings></ozeki-device-settings>
    <div class="more">
      <label class="language">
        <b>${text('language')}</b>
        <select part="language" @change=${(event: Event) => speak((event.target as HTMLSelectElement).value)}>
          ${LANGUAGES.map(
            (one) =>
              html`<option value=${one} lang=${one} ?selected=${one === spoken}>${nameOf(one)}</option>`,
          )}
        </select>
      </label>
      <button type="button" class="button plain" part="sign-out" ?hidden=${!signedIn} @click=${signOut}>
        ${text('signOut')}
      </button>
    </div>`;
}

export const styles = css`
  @layer element {
    .more {
      display: grid;
      gap: 16px;
      padding: 0 16px 16px;
    }
    .language {
      display: grid;
      gap: 6px;
      font-size: 13.5px;
    }
    select {
      min-inline-size: 0;
      min-block-size: var(--_control);
      padding: 0 10px;
      border: 1px solid var(--_muted);
      border-radius: var(--_radius-s);
      background: var(--_surface);
      color: var(--_text);
      font: inherit;
      font-size: 15px;
    }
    [part='sign-out'][hidden] {
      display: none;
    }
  }
`;
