import { html, type TemplateResult } from 'lit';
import { isKey, keyGrid, keyOf } from '../../common/keys.js';
import { run } from '../../common/run.js';
import type { CallView } from '../call-view.js';
import type { CreatePanel, Panel } from '../panels.js';
import { panelHead } from './panel-head.js';

/** Tones in a call. What was pressed is shown here and nowhere else, and forgotten when the panel closes. */
export const keypadPanel: CreatePanel = (kind, panels): Panel => {
  let pressed = '';
  const press = ({ phone, call, host }: CallView, key: string): void => {
    pressed += key;
    run(phone.sendDigits(call.id, key));
    host.requestUpdate();
  };
  return {
    first: '.key',
    render: (view): TemplateResult => html`
      ${panelHead(view.text('keypad'), view.text, () => void panels.toggle(kind))}
      <p class="tones number" translate="no">
        ${pressed || html`<span class="muted">${view.text('keypadHint')}</span>`}
      </p>
      <div
        class="pad"
        @click=${(event: Event) => {
          if (keyOf(event)) press(view, keyOf(event));
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (isKey(event.key) && !event.repeat) press(view, event.key);
        }}
      >
        ${keyGrid()}
      </div>
    `,
  };
};
