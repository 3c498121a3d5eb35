import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { css } from './css.js';
import { live } from 'lit/directives/live.js';
import type { DeviceState } from '../../phone/state.js';
import type { Say } from '../text/texts.js';
import { LISTS, rememberDevices } from './device-memory.js';
import type { PhoneController } from './phone-controller.js';
import { run } from './run.js';

export type DeviceKind = keyof typeof LISTS;

/**
 * A list to choose a device from: the system's default, those there are, and a chosen one that is away. What somebody
 * chooses stays chosen in the list while the phone changes over to it, and is remembered when it has.
 */
export class DevicePicker {
  readonly #host: ReactiveControllerHost;
  readonly #phone: PhoneController;
  readonly #begun: ((kind: DeviceKind) => void) | undefined;
  /** What the phone is changing over to. */
  readonly #coming = new Map<DeviceKind, { id: string }>();

  /** `begun` is told of each choice before the phone is. */
  constructor(host: ReactiveControllerHost, phone: PhoneController, begun?: (kind: DeviceKind) => void) {
    this.#host = host;
    this.#phone = phone;
    this.#begun = begun;
  }

  render(kind: DeviceKind, now: DeviceState, text: Say): TemplateResult {
    const devices = { ...now, [kind]: this.#coming.get(kind)?.id ?? now[kind] };
    // The browser's own name for the default is the same as none.
    const chosen = devices[kind] === 'default' ? '' : devices[kind];
    const list = devices[LISTS[kind]].filter(({ id }) => id !== 'default');
    const gone = isGone(kind, devices);
    const option = (id: string, label: string) =>
      html`<option value=${id} .selected=${id === chosen}>${label}</option>`;
    return html`<select
        class="picker"
        part="select"
        aria-label=${text(kind)}
        aria-describedby=${gone ? `gone-${kind}` : nothing}
        .value=${live(chosen)}
        @change=${(event: Event) => run(this.#choose(kind, (event.target as HTMLSelectElement).value))}
      >
        ${option('', text('systemDefault'))}
        ${list.map(({ id, label }, index) => option(id, label || text('nameless', text(kind), index + 1)))}
        ${gone ? option(chosen, `${text(kind)} (–)`) : nothing}
      </select>
      ${gone ? html`<p class="hint" id="gone-${kind}" part="hint">${text('deviceGone')}</p>` : nothing}`;
  }

  async #choose(kind: DeviceKind, id: string): Promise<void> {
    const { phone } = this.#phone;
    if (!phone) return;
    const choice = { id };
    this.#coming.set(kind, choice);
    this.#begun?.(kind);
    try {
      await phone.chooseDevice(kind, id);
      rememberDevices(phone);
    } catch {
      // The phone says why; what it uses is shown again.
    } finally {
      if (this.#coming.get(kind) === choice) this.#coming.delete(kind);
      this.#host.requestUpdate();
    }
  }
}

/** Whether the chosen device is not among those there are. Nobody knows while there are no names. */
function isGone(kind: DeviceKind, devices: DeviceState): boolean {
  const chosen = devices[kind];
  const list = devices[LISTS[kind]];
  return !!chosen && list.length > 0 && !list.some(({ id }) => id === chosen);
}

export const devicePickerStyles = css`
  @layer base {
    .picker {
      appearance: none;
      inline-size: 100%;
      min-inline-size: 0;
      min-block-size: var(--_control);
      padding: 0 36px 0 12px;
      padding-inline: 12px 36px;
      border: 1px solid color-mix(in srgb, var(--_muted) 75%, var(--_surface));
      border-radius: var(--_radius-s);
      background: var(--_raised);
      color: inherit;
      font: inherit;
      font-size: 16px;
      text-overflow: ellipsis;
    }
    .pick {
      position: relative;
      display: block;
      min-inline-size: 0;
    }
    .pick::after {
      content: '';
      position: absolute;
      inset-block-start: calc(var(--_control) / 2 - 6px);
      inset-inline-end: 16px;
      inline-size: 8px;
      block-size: 8px;
      border: solid var(--_muted);
      border-width: 0 2px 2px 0;
      transform: rotate(45deg);
      pointer-events: none;
    }
    .hint {
      color: var(--_muted);
      font-size: 13.5px;
      line-height: 1.35;
    }
  }
`;
