import type { PanelModule } from '../panels.js';
import { keypadPanel } from './keypad-panel.js';
import { numberPanel } from './number-panel.js';

export { panelStyles as styles } from './panels.styles.js';

export const show: PanelModule['show'] = async (panels, kind, open) => {
  const { host } = panels;
  // While this was loaded, another one may have been opened, or the call be over.
  if (open !== (panels.kind === kind)) return;
  if (open) panels.panel = (kind === 'keypad' ? keypadPanel : numberPanel)(kind, panels);
  host.requestUpdate();
  await host.updateComplete;
  focus(host.shadowRoot, panels.panel?.first ?? `[data-opens=${kind}]`);
};

/** Moves the focus, unless the person has gone to do something elsewhere on the page. */
function focus(root: ShadowRoot | null, selector: string): void {
  const elsewhere = document.activeElement;
  if (root?.activeElement || !elsewhere || elsewhere === document.body)
    root?.querySelector<HTMLElement>(selector)?.focus();
}
