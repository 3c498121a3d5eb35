import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { speakPanels } from '../../text/en-panels.js';
import { outline } from '../../common/icons.js';
import { run } from '../../common/run.js';
import { who, type CallView } from '../call-view.js';
import { avatar, pill } from '../hero.js';
import { SelfView } from './self-view.js';

export { stageStyles as styles } from './stage.styles.js';

speakPanels();

/** How long the controls stay over the picture after the last movement, in milliseconds. */
const LINGER = 3000;

const WINDOW = 'M3 5h18v14H3zM12 12h7v5h-7z';
const SWITCH = 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5';

/** What wakes the controls. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'focusin'];

/** The pictures of a call, with the controls over them while somebody uses them. */
export class VideoStage implements ReactiveController {
  readonly #host: CallView['host'];
  readonly #self = new SelfView();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown = false;
  /** The controls may go: there is a picture, and nothing that has to be read. */
  #mayRest = false;

  constructor(host: CallView['host']) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    for (const sign of SIGNS) this.#host.addEventListener(sign, this.#wake);
  }

  hostDisconnected(): void {
    for (const sign of SIGNS) this.#host.removeEventListener(sign, this.#wake);
    clearTimeout(this.#timer);
  }

  hostUpdated(): void {
    const shown = !!this.#find('.stage');
    if (shown !== this.#shown || !this.#mayRest) this.#wake();
    this.#shown = shown;
  }

  render(view: CallView, said: unknown, quiet: boolean): TemplateResult {
    const { call, phone, state, text } = view;
    const { remote, local } = phone.pictures(call.id);
    const name = who(call, text);
    const picture = call.remoteVideo && remote;
    this.#mayRest = !!picture && quiet && call.state === 'active';
    return html`<div class="stage" part="stage">
      ${
        picture
          ? html`<video
              class="remote"
              part="remote-video"
              aria-label=${text('remotePicture', name)}
              autoplay
              playsinline
              .muted=${true}
              .srcObject=${remote}
            ></video>`
          : avatar(view)
      }
      <div class="over">
        <h2 part="name" tabindex="-1">${name}</h2>
        ${pill(view)}
        <span class="fill"></span>
        ${
          picture && pictureInPicture()
            ? tool(text('pictureInPicture'), WINDOW, () => void this.#toggleWindow())
            : nothing
        }
        ${
          call.camera === 'on' && state.devices.cameras.length > 1
            ? tool(text('switchCamera'), SWITCH, () => run(phone.switchCamera()))
            : nothing
        }
        ${said}
      </div>
      ${
        call.camera === 'on' || call.camera === 'starting'
          ? this.#self.render(local, text('selfView'))
          : nothing
      }
    </div>`;
  }

  async #toggleWindow(): Promise<void> {
    try {
      const video = this.#find<HTMLVideoElement>('.remote');
      if (document.pictureInPictureElement) await document.exitPictureInPicture();
      else await video?.requestPictureInPicture();
    } catch (error) {
      // The browser's own refusal (no frame yet, no gesture): the picture stays where it is.
      console.warn(this.#host, error);
    }
  }

  readonly #wake = (): void => {
    const base = this.#find('.base');
    base?.removeAttribute('data-resting');
    clearTimeout(this.#timer);
    if (this.#find('.stage')) this.#timer = setTimeout(this.#rest, LINGER);
  };

  /** Puts the controls away, unless the keyboard is on one of them. */
  readonly #rest = (): void => {
    const used = this.#find('.panel, :focus-visible');
    if (this.#mayRest && !used) this.#find('.base')?.setAttribute('data-resting', '');
    else this.#wake();
  };

  #find<E extends Element>(selector: string): E | null {
    return this.#host.shadowRoot?.querySelector<E>(selector) ?? null;
  }
}

function pictureInPicture(): boolean {
  return document.pictureInPictureEnabled && 'requestPictureInPicture' in HTMLVideoElement.prototype;
}

function tool(name: string, path: string, act: () => void): TemplateResult {
  return html`<button
    type="button"
    class="tool"
    part="control"
    aria-label=${name}
    title=${name}
    @click=${act}
  >
    ${outline(path)}
  </button>`;
}
