import { html, nothing, type TemplateResult } from 'lit';
import type { AudioProcessing, DeviceState } from '../../phone/state.js';
import { CameraView } from '../common/camera-view.js';
import { controls } from '../common/controls.styles.js';
import { DeviceAccess, type AccessKind } from '../common/device-access.js';
import { rememberDevices } from '../common/device-memory.js';
import { DevicePicker, devicePickerStyles, type DeviceKind } from '../common/device-picker.js';
import { icon, outline } from '../common/icons.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { run } from '../common/run.js';
import { Seen } from '../common/seen.js';
import { tokens } from '../common/tokens.styles.js';
import { speakDevices } from '../text/en-devices.js';
import { LevelMeter } from './level-meter.js';
import { styles } from './ozeki-device-settings.styles.js';
import { TestSounds } from './test-sounds.js';

speakDevices();

const SPEAKER = 'M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6';
const ASKS = {
  microphone: ['microphoneHint', 'allowMicrophone'],
  camera: ['cameraHint', 'allowCamera'],
} as const;

/**
 * @customElement
 * @tagname ozeki-device-settings
 * @summary Chooses microphone, speaker, ringer and camera, and shows that they work: a level meter, test sounds, a
 * preview; echo cancellation, noise suppression and automatic level, also for the calls there are.
 *
 * Choices are remembered in this browser (`localStorage`, for the pages of this origin), and every
 * `<ozeki-client>` starts with them. The microphone is open while the meter can be seen, the camera while its
 * picture is; a hidden tag holds neither. Nothing is asked before a click.
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @csspart base - The card.
 * @csspart head - The line on top.
 * @csspart section - One kind of device.
 * @csspart select - A list to choose from.
 * @csspart meter - The level of the microphone.
 * @csspart option - A switch for how the microphone is treated.
 * @csspart test - A button that plays a test sound.
 * @csspart preview - The camera's picture.
 * @csspart button - Any other button.
 * @csspart notice - Why a device cannot be had, and the way on.
 * @csspart hint - A sentence about a device.
 * @csspart icon - An icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - Lists and the meter.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Text.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Hints.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - Switches that are on, the focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - The level.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - Notices.
 * @cssproperty [--ozeki-size-control=44px] - Height of lists and buttons.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate ready - The microphone can be used.
 * @cssstate ask - The browser would ask for the microphone.
 * @cssstate failed - The microphone cannot be had.
 * @cssstate preview - The camera's picture is shown.
 */
export class OzekiDeviceSettings extends OzekiElement {
  static override readonly styles = [tokens, controls, devicePickerStyles, styles];

  readonly #phone = new PhoneController(this, ({ devices }) => [devices]);
  readonly #access = new DeviceAccess(this, this.#phone, 'microphone', 'camera');
  readonly #seen = new Seen(this);
  readonly #meter = new LevelMeter(this, this.#access, this.#seen);
  readonly #picker = new DevicePicker(this, this.#phone, (kind) => {
    if (kind === 'microphone') this.#meter.again();
  });
  readonly #camera = new CameraView(this, this.#access, this.#seen);
  readonly #sounds = new TestSounds(this, this.#access);

  protected override willUpdate(): void {
    const access = this.#access.access('microphone');
    for (const name of ['ready', 'ask', 'failed'] as const) this.setState(name, access === name);
    this.setState('preview', !!this.#camera.camera);
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const devices = this.#phone.state?.devices;
    return html`<div class="base" part="base" role="group" aria-label=${text('devices')}>
      <div class="bar" part="head"><b>${text('devices')}</b></div>
      ${
        !devices
          ? html`<p class="notice" part="notice">${text('notConnected')}</p>`
          : this.#access.lost
            ? html`<div class="notice" part="notice" role="alert">
                <span class="fill">${text('notLoaded')}</span>
                <button type="button" class="button plain" part="button" @click=${() => this.#access.retry()}>
                  ${text('tryAgain')}
                </button>
              </div>`
            : html`<div class="sections">
                ${this.#microphone(devices)} ${this.#output('speaker', devices)}
                ${this.#output('ringer', devices)} ${this.#cameraSection(devices)}
              </div>`
      }
    </div>`;
  }

  #section(kind: DeviceKind, symbol: TemplateResult, content: unknown): TemplateResult {
    return html`<div class="section" part="section" role="group" aria-labelledby="title-${kind}">
      <h3 id="title-${kind}">${symbol}${this.text(kind)}</h3>
      ${content}
    </div>`;
  }

  #pick(kind: DeviceKind, devices: DeviceState): TemplateResult {
    return html`<div class="pick">${this.#picker.render(kind, devices, this.text)}</div>`;
  }

  #microphone(devices: DeviceState): TemplateResult {
    const obstacle = this.#obstacle('microphone');
    const { check } = this.#access;
    return this.#section(
      'microphone',
      icon('microphone'),
      html`${this.#pick('microphone', devices)} ${obstacle ?? this.#meter.render(this.text)}
        <div class=${check ? 'options' : 'options unknown'}>
          ${(check?.processing ?? []).map(
            (name) =>
              html`<label class="option" part="option">
                <input
                  type="checkbox"
                  .checked=${devices.processing[name]}
                  @change=${(event: Event) => this.#treat(name, event.target as HTMLInputElement)}
                />
                <span class="fill">${this.text(name)}</span>
              </label>`,
          )}
        </div>`,
    );
  }

  #output(kind: 'speaker' | 'ringer', devices: DeviceState): TemplateResult {
    const { check } = this.#access;
    const fixed = check && !check.choosesOutput;
    return this.#section(
      kind,
      kind === 'ringer' ? icon('bell') : outline(SPEAKER),
      html`<div class="row">
          ${
            fixed
              ? html`<p class="hint fill" part="hint">${this.text('outputFixed')}</p>`
              : html`<div class="fill">${this.#pick(kind, devices)}</div>`
          }
          ${this.#sounds.button(kind, this.text)}
        </div>
        ${this.#sounds.note(kind, this.text)}`,
    );
  }

  #cameraSection(devices: DeviceState): TemplateResult {
    const { stream, wanted } = this.#camera;
    const { text } = this;
    const obstacle = this.#obstacle('camera');
    return this.#section(
      'camera',
      icon('camera'),
      html`<div class="row">
          <div class="fill">${this.#pick('camera', devices)}</div>
          ${
            obstacle
              ? nothing
              : html`<button
                  type="button"
                  class="button plain"
                  part="button"
                  aria-pressed=${wanted}
                  @click=${() => this.#camera.want(!wanted)}
                >
                  ${text(wanted ? 'hidePicture' : 'showPicture')}
                </button>`
          }
        </div>
        ${obstacle ?? nothing}
        ${
          wanted
            ? html`<video
                class="preview"
                part="preview"
                aria-label=${text('ownPicture')}
                autoplay
                playsinline
                .muted=${true}
                .srcObject=${stream}
              ></video>`
            : nothing
        }`,
    );
  }

  /** Why a device cannot be used yet, and the way on; null when it can. */
  #obstacle(kind: AccessKind): TemplateResult | null {
    const access = this.#access.access(kind);
    if (access !== 'ask' && access !== 'failed') return null;
    const [hint, allow] = ASKS[kind];
    const problem = this.#access.problem(kind);
    return html`<div class="notice" part="notice">
      <p class="fill" role=${problem ? 'alert' : 'note'}>
        ${problem ? this.problem(problem) : this.text(hint)}
      </p>
      ${
        problem === 'insecure-context'
          ? nothing
          : html`<button type="button" class="button" part="button" @click=${() => void this.#ask(kind)}>
              ${this.text(problem ? 'tryAgain' : allow)}
            </button>`
      }
    </div>`;
  }

  async #ask(kind: AccessKind): Promise<void> {
    await this.#access.ask(kind);
    await this.updateComplete;
    // The button that was pressed is gone: its section is where to go on.
    if (!this.shadowRoot?.activeElement && document.activeElement === document.body)
      this.renderRoot.querySelector<HTMLElement>(`select[aria-label="${this.text(kind)}"]`)?.focus();
  }

  #treat(name: keyof AudioProcessing, box: HTMLInputElement): void {
    const { phone } = this.#phone;
    const { check } = this.#access;
    if (!phone || !check) return;
    const set = check.setProcessing({ [name]: box.checked }).then(() => rememberDevices(phone));
    run(set.catch(() => (box.checked = phone.getState().devices.processing[name])));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-device-settings': OzekiDeviceSettings;
  }
}
