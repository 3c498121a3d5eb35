import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { PhoneHandle } from '../../phone/handle.js';
import { createPhone } from '../../phone/index.js';
import { newId } from '../../phone/new-id.js';
import type { PhoneCall, ProblemCode } from '../../phone/state.js';
import { formatDuration, talkTime } from '../common/format.js';
import { icon, type IconName } from '../common/icons.js';
import { keyGrid, keyOf } from '../common/keys.js';
import { optional } from '../common/optional.js';
import { run } from '../common/run.js';
import { defaultServer } from '../ozeki-client/kit-address.js';
import type { PlainText, Say } from '../text/texts.js';
import type { CallButtonPhase } from './ozeki-call-button.js';

export { buttonCallStyles as styles } from './button-call.styles.js';

/** What to call, and with what. */
export interface ButtonCallOptions {
  /** A phone that is there; null to make one for this call. */
  readonly phone: PhoneHandle | null;
  readonly server: string;
  readonly line: string;
  readonly tokenUrl: string;
  readonly number: string;
  readonly video: boolean;
}

type Host = ReactiveControllerHost & HTMLElement;

/** One call of a call button: connects where it has to, dials, shows what becomes of it. Loaded by the first click. */
export class ButtonCall {
  phase: CallButtonPhase = 'connecting';
  /** Why it did not come about, or is over. */
  problem: ProblemCode | null = null;
  readonly #host: Host;
  readonly #text: Say;
  readonly #options: ButtonCallOptions;
  readonly #phone: PhoneHandle;
  readonly #own: boolean;
  readonly #id = newId();
  #stop: () => void;
  #keypad = false;
  #hungUp = false;

  constructor(host: Host, text: Say, options: ButtonCallOptions) {
    this.#host = host;
    this.#text = text;
    this.#options = options;
    this.#own = !options.phone;
    this.#phone = options.phone ?? createPhone();
    this.#stop = this.#phone.subscribe(() => this.#changed());
  }

  async start(): Promise<void> {
    const { server, line, tokenUrl, number, video } = this.#options;
    if (this.#own) {
      const signIn = line ? { token: line } : { tokenUrl: new URL(tokenUrl, document.baseURI).href };
      // Nobody would be there to take the call up: a button waits for a click.
      await this.#phone.connect({ server: server || defaultServer(), signIn, resume: false });
      // It would try again by itself; here a person decides.
      const { status, problem } = this.#phone.getState().connection;
      if (this.#hungUp) return;
      if (status !== 'connected') {
        this.#over(problem ?? 'unreachable');
        return;
      }
    }
    await this.#phone
      .dial(number, { video, id: this.#id })
      .catch((error: { code?: ProblemCode }) => this.#over(error.code ?? 'internal'));
  }

  hangUp(): void {
    this.#hungUp = true;
    const call = this.#call;
    if (call && call.state !== 'ended') run(this.#phone.hangUp(call.id));
    else this.#over(null);
  }

  /** Gives everything back. */
  end(): void {
    this.#hungUp = true;
    this.#stop();
    this.#stop = () => {};
    const call = this.#call;
    if (this.#own) void this.#phone.dispose();
    else if (call && call.state !== 'ended') run(this.#phone.hangUp(call.id));
  }

  /** The state in words. */
  get words(): string {
    const call = this.#call;
    if (!call) return this.#text('connecting');
    if (call.state === 'preparing') return this.#text('preparing');
    if (call.state === 'dialing') return this.#text('calling');
    if (call.state === 'ringing') return this.#text('callRinging');
    if (call.heldRemotely) return this.#text('heldByOther');
    return call.media === 'connecting' ? this.#text('mediaConnecting') : '';
  }

  get timer(): string {
    const call = this.#call;
    return !call || call.answeredAt === null ? '' : formatDuration(talkTime(call.talk, Date.now()));
  }

  /** What can be done in the call. */
  controls(): TemplateResult | typeof nothing {
    const call = this.#call;
    if (!call || this.phase !== 'active') return nothing;
    const { muted } = call;
    return html`${this.#control(
      muted ? 'unmute' : 'mute',
      muted ? 'microphoneOff' : 'microphone',
      muted,
      () => this.#phone.setMuted(call.id, !muted),
    )}
    ${this.#control('keypad', 'keypad', this.#keypad, () => {
      this.#keypad = !this.#keypad;
      this.#host.requestUpdate();
    })}
    ${this.#keypad ? this.#keys(call) : nothing} ${this.#pictures(call)}`;
  }

  get #call(): PhoneCall | undefined {
    return this.#phone.getState().calls.find(({ id }) => id === this.#id);
  }

  #control(name: PlainText, sign: IconName, on: boolean, act: () => void): TemplateResult {
    const label = this.#text(name);
    return html`<button
      type="button"
      class=${on ? 'round-control pressed' : 'round-control'}
      part="control"
      title=${label}
      aria-label=${label}
      aria-expanded=${optional(name === 'keypad' && (`${on}` as const))}
      @click=${act}
    >
      ${icon(sign)}
    </button>`;
  }

  #keys(call: PhoneCall): TemplateResult {
    return html`<div
      class="pop"
      part="keypad"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        this.#keypad = false;
        this.#host.requestUpdate();
        this.#host.shadowRoot!.querySelector<HTMLElement>('[aria-expanded]')?.focus();
      }}
      @click=${(event: Event) => {
        const key = keyOf(event);
        if (key) run(this.#phone.sendDigits(call.id, key));
      }}
    >
      ${keyGrid()}
    </div>`;
  }

  #pictures(call: PhoneCall): TemplateResult | typeof nothing {
    const { remote, local } = this.#phone.pictures(call.id);
    if (!remote && !local) return nothing;
    return html`<div class="pop picture" part="picture">
      ${remote ? html`<video part="remote-video" autoplay playsinline .muted=${true} .srcObject=${remote}></video>` : nothing}
      ${
        local
          ? html`<video
              class="self"
              part="self-view"
              autoplay
              playsinline
              .muted=${true}
              .srcObject=${local}
            ></video>`
          : nothing
      }
    </div>`;
  }

  #changed(): void {
    const call = this.#call;
    if (call?.state === 'ended') this.#over(call.endReason);
    else if (call)
      this.phase = call.state === 'preparing' ? 'connecting' : call.state === 'active' ? 'active' : 'calling';
    this.#host.requestUpdate();
  }

  /** Over: nothing stays connected. A call that was hung up here needs no reason. */
  #over(problem: ProblemCode | null): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    this.problem = problem === 'hung-up' || problem === 'cancelled' ? null : problem;
    this.#stop();
    this.#stop = () => {};
    if (this.#own) void this.#phone.dispose();
    this.#host.requestUpdate();
  }
}
