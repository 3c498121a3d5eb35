import { html, type TemplateResult } from 'lit';
import { isKey, keyGrid, keyOf } from '../../shared/keys.js';
import { run } from '../../shared/run.js';
import { speakPanels } from '../../text/en-panels.js';
import type { CallView } from '../call-view.js';
import type { Panel, PanelModule } from '../panels.js';
import { panelHead } from './panel-head.js';

export { panelStyles as styles } from './panels.styles.js';

speakPanels();

/** Tones in a call. What was pressed is shown here and nowhere else, and forgotten when the panel closes. */
export const createPanel: PanelModule['createPanel'] = (_kind, panels): Panel => {
  let pressed = '';
  const press = ({ phone, call, host }: CallView, key: string): void => {
    pressed += key;
    run(phone.sendDigits(call.id, key));
    host.requestUpdate();
  };
  return {
    first: '.key',
    render: (view): TemplateResult => html`
      ${panelHead(view.text('keypad'), view.text, panels)}
      <p class="tones number" translate="no">
        ${pressed || html`<span class="muted">${view.text('keypadHint')}</span>`}
      </p>
      <div
        class="pad"
        @keydown=${(event: KeyboardEvent) => {
          if (isKey(event.key) && !event.repeat) press(view, event.key);
        }}
      >
        ${keyGrid('', (event) => press(view, keyOf(event)))}
      </div>
    `,
  };
};
