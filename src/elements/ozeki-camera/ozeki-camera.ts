import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Camera } from '../../phone/device-check/device-check.js';
import type { PhoneCall } from '../../phone/state.js';
import { CameraView } from '../common/camera-view.js';
import { controls } from '../common/controls.styles.js';
import { DeviceAccess } from '../common/device-access.js';
import { DevicePicker, devicePickerStyles } from '../common/device-picker.js';
import { icon, outline } from '../common/icons.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { property } from '../common/property.js';
import { run } from '../common/run.js';
import { Seen } from '../common/seen.js';
import { tokens } from '../common/tokens.styles.js';
import { speakDevices } from '../text/en-devices.js';
import { styles } from './ozeki-camera.styles.js';

speakDevices();

const MIRROR = 'M12 3v18M8 7l-5 10h5zM16 7l5 10h-5z';
/** By this an `OzCamera` gives the camera it stands for. */
const CAMERA = Symbol.for('ozeki-webphone.camera');

/**
 * @customElement
 * @tagname ozeki-camera
 * @summary One's own picture: turns the camera on and off, chooses one, mirrors it.
 *
 * It is the camera of the phone's calls: what is on in a call is shown here, and turning it off here turns it off
 * there, too. Turning it on here shows it here only. The camera is on while its picture can be seen; a hidden tag
 * holds none.
 *
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @csspart base - The card.
 * @csspart picture - The frame around the picture.
 * @csspart video - The picture.
 * @csspart badge - Who sees the picture.
 * @csspart message - What is to be read where the picture would be.
 * @csspart controls - The line below.
 * @csspart select - The list of cameras.
 * @csspart button - A button.
 * @csspart hint - That the chosen camera is not connected.
 * @csspart icon - An icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - The frame while there is no picture.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Text.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Hints.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - The button that turns it on, the focus ring.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - That the other side sees the picture.
 * @cssproperty [--ozeki-size-control=44px] - Height of the controls.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate on - The picture is shown.
 * @cssstate starting - The camera is being opened.
 * @cssstate sending - A call sends the picture.
 * @cssstate failed - There is no camera to be had.
 */
export class OzekiCamera extends OzekiElement {
  static override readonly styles = [tokens, controls, devicePickerStyles, styles];
  static override shadowRootOptions = { ...OzekiElement.shadowRootOptions, delegatesFocus: true };

  /** Whether the picture is wanted; where a page sets it, the browser may ask for the camera without a click. */
  @property({ type: Boolean, reflect: true }) on = false;
  /** Shows the picture as others see it, and not as in a mirror. */
  @property({ type: Boolean, reflect: true, attribute: 'no-mirror' }) noMirror = false;
  /** Another camera than the phone's: an `OzCamera` of the JavaScript API. Needs no client around. */
  @property({ attribute: false }) camera: object | null = null;

  readonly #phone = new PhoneController(this, ({ devices, calls }) => [devices, sending(calls).join()]);
  readonly #picker = new DevicePicker(this, this.#phone);
  readonly #access = new DeviceAccess(this, this.#phone, 'camera');
  readonly #view = new CameraView(this, this.#access, new Seen(this), () => this.#own());
  #sending = false;
  /** Whether the picture was wanted before a call sent it. */
  #before = false;

  #own(): Camera | null {
    const { camera } = this;
    return camera && CAMERA in camera ? (camera as { [CAMERA]: Camera })[CAMERA] : (camera as Camera | null);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const now = sending(this.#phone.state?.calls).length > 0;
    if (now && !this.#sending) {
      this.#before = this.on;
      this.on = true;
    } else if (!now && this.#sending) {
      this.on &&= this.#before;
    }
    this.#sending = now;
    if (changed.has('on')) this.#view.want(this.on);
    // It could not be had, or was unplugged.
    else if (!this.#view.wanted) this.on = false;
    const { camera, starting } = this.#view;
    this.setState('on', !!camera);
    this.setState('starting', starting);
    this.setState('sending', now);
    this.setState('failed', this.#access.access('camera') === 'failed');
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const { stream } = this.#view;
    const problem = this.#access.problem('camera');
    const usable = this.#own() || this.#access.check;
    return html`<div class="base" part="base" role="group" aria-label=${text('ownPicture')}>
      <div class="picture" part="picture">
        ${
          this.on && !problem
            ? html`<video
                  class=${this.noMirror ? '' : 'mirror'}
                  part="video"
                  aria-label=${text('ownPicture')}
                  autoplay
                  playsinline
                  .muted=${true}
                  .srcObject=${stream}
                ></video>
                <span class="badge ${this.#sending ? 'sent' : ''}" part="badge">
                  <span class="dot ${this.#sending ? 'busy' : 'offline'}"></span>
                  ${text(this.#sending ? 'othersToo' : 'onlyYou')}
                </span>`
            : html`<div class="message" part="message">
                ${icon('cameraOff')}
                <p>${problem ? this.problem(problem) : this.#words()}</p>
              </div>`
        }
      </div>
      <div class="controls" part="controls">
        ${this.#list()}
        <button
          type="button"
          class="button plain round"
          part="button"
          aria-label=${text('mirror')}
          title=${text('mirror')}
          aria-pressed=${!this.noMirror}
          @click=${() => (this.noMirror = !this.noMirror)}
        >
          ${outline(MIRROR)}
        </button>
        <button
          type="button"
          class="button ${this.on ? 'plain' : ''}"
          part="button"
          aria-disabled=${!usable}
          @click=${() => usable && this.#toggle()}
        >
          ${text(this.on ? 'turnOff' : problem ? 'tryAgain' : 'turnOn')}
        </button>
      </div>
      <p class="visually-hidden" role="status">
        ${problem ? this.problem(problem) : this.#view.camera ? text(this.#sending ? 'othersToo' : 'onlyYou') : ''}
      </p>
    </div>`;
  }

  #words(): string {
    if (this.#own() || this.#phone.phone) {
      if (this.#access.lost) return this.text('notLoaded');
      return this.text(this.#access.access('camera') === 'ask' ? 'cameraHint' : 'cameraOff');
    }
    return this.text('notConnected');
  }

  #list(): TemplateResult | typeof nothing {
    const devices = this.#phone.state?.devices;
    if (!devices || this.#own()) return nothing;
    return html`<div class="pick fill">${this.#picker.render('camera', devices, this.text)}</div>`;
  }

  /** Off is off: also in the calls that send it. */
  #toggle(): void {
    this.on = !this.on;
    if (this.on) {
      if (this.#access.lost) this.#access.retry();
      return;
    }
    const { phone } = this.#phone;
    for (const id of sending(phone?.getState().calls)) run(phone!.setCamera(id, false));
  }
}

/** The calls that send the picture. */
function sending(calls: readonly PhoneCall[] = []): string[] {
  return calls.filter(({ camera }) => camera === 'on').map(({ id }) => id);
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-camera': OzekiCamera;
  }
}
