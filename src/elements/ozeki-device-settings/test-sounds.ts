import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { DeviceAccess } from '../common/device-access.js';
import { outline } from '../common/icons.js';
import { optional } from '../common/optional.js';
import type { Say } from '../text/texts.js';

type Output = 'speaker' | 'ringer';

const SOUND = 'M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11';
const NAMES = { speaker: 'testSpeaker', ringer: 'testRinger' } as const;

/** The buttons that play a test sound, one at a time, and what came of the last one. */
export class TestSounds implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #access: DeviceAccess;
  #playing: Output | null = null;
  /** Where the chosen device turned out to be gone. */
  #elsewhere: Output | null = null;

  constructor(host: ReactiveControllerHost, access: DeviceAccess) {
    this.#host = host;
    this.#access = access;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#elsewhere = null;
  }

  button(kind: Output, text: Say): TemplateResult {
    const busy = this.#playing !== null || !this.#access.check;
    return html`<button
      type="button"
      class="button plain"
      part="test"
      aria-label=${text(NAMES[kind])}
      aria-disabled=${optional(busy && 'true')}
      @click=${() => !busy && void this.#play(kind)}
    >
      ${outline(SOUND)}<span>${text(this.#playing === kind ? 'playing' : 'test')}</span>
    </button>`;
  }

  /** What a person should know about the last sound. */
  note(kind: Output, text: Say): TemplateResult | typeof nothing {
    return this.#elsewhere === kind
      ? html`<p class="hint" role="status" part="hint">${text('testElsewhere')}</p>`
      : nothing;
  }

  async #play(kind: Output): Promise<void> {
    this.#playing = kind;
    this.#elsewhere = null;
    this.#host.requestUpdate();
    const there = await this.#access.check!.playTestSound(kind).catch(() => false);
    this.#playing = null;
    if (!there) this.#elsewhere = kind;
    this.#host.requestUpdate();
  }
}
