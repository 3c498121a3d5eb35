import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { PhoneError } from '../../phone/handle.js';
import type { DeviceAccess } from '../common/device-access.js';
import type { Seen } from '../common/seen.js';
import type { Say } from '../text/texts.js';

/** From this level on it is a voice and not the noise of a room. */
const VOICE = 0.4;
/** After this many levels without a voice, six seconds, something is wrong. */
const PATIENCE = 120;

/**
 * The level of the microphone while it can be seen: it opens the microphone with the first look at it and gives it
 * back with the last, so that a hidden tag holds none.
 */
export class LevelMeter implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #access: DeviceAccess;
  readonly #seen: Seen;
  #stop: (() => void) | null = null;
  #opening: object | null = null;
  #silent = 0;
  #verdict: 'levelHint' | 'levelHeard' | 'levelQuiet' = 'levelHint';

  constructor(host: ReactiveControllerHost & HTMLElement, access: DeviceAccess, seen: Seen) {
    this.#host = host;
    this.#access = access;
    this.#seen = seen;
    host.addController(this);
  }

  hostUpdated(): void {
    const wanted = this.#seen.now && this.#access.access('microphone') === 'ready';
    if (wanted && !this.#opening) void this.#start();
    if (!wanted && this.#opening) this.#end();
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** Listens afresh: another microphone was chosen. */
  again(): void {
    this.#silent = 0;
    this.#verdict = 'levelHint';
    queueMicrotask(() => this.#host.requestUpdate());
  }

  render(text: Say): TemplateResult {
    const { check } = this.#access;
    return html`<div
        class="meter"
        part="meter"
        role="img"
        aria-label="${text('microphoneLevel')}: ${text(this.#verdict)}"
        ?hidden=${!check}
      >
        <span class="level"></span>
      </div>
      <p class="hint" role="status" part="hint">${text(this.#verdict)}</p>`;
  }

  async #start(): Promise<void> {
    const opening = (this.#opening = {});
    this.again();
    try {
      const stop = await this.#access.check!.meter(this.#show);
      if (this.#opening === opening) this.#stop = stop;
      else stop();
    } catch (error) {
      if (this.#opening !== opening) return;
      this.#opening = null;
      this.#access.settle('microphone', (error as Partial<PhoneError>).code ?? 'internal');
    }
  }

  #end(): void {
    this.#opening = null;
    this.#stop?.();
    this.#stop = null;
  }

  readonly #show = (level: number): void => {
    const bar = this.#host.shadowRoot?.querySelector<HTMLElement>('.level');
    bar?.style.setProperty('--_level', String(level));
    if (level >= VOICE) this.#silent = 0;
    else this.#silent++;
    const verdict = level >= VOICE ? 'levelHeard' : this.#silent === PATIENCE ? 'levelQuiet' : this.#verdict;
    if (verdict === this.#verdict) return;
    this.#verdict = verdict;
    this.#host.requestUpdate();
  };
}
