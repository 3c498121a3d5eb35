import type { TemplateResult, nothing } from 'lit';
import type { PhoneCall } from '../../../phone/state.js';
import { addStyles } from '../../shared/lazy-styles.js';
import { isIncoming, type CallView } from '../call-view.js';
import type { VideoStage } from './video-stage.js';

/** The video stage, loaded with the first picture: a call without one does not pay for it. */
export class LazyStage {
  /** It could not be loaded. */
  failed = false;
  #stage: VideoStage | null = null;
  #loading = false;
  readonly #host: CallView['host'];

  constructor(host: CallView['host']) {
    this.#host = host;
  }

  /** Whether a call is shown on the stage; starts loading it when it should be. */
  shows(call: PhoneCall): boolean {
    const { camera } = call;
    const wanted =
      call.state !== 'ended' &&
      !isIncoming(call) &&
      (call.remoteVideo || camera === 'on' || camera === 'starting');
    if (!wanted) this.failed = false;
    else if (!this.#stage && !this.#loading && !this.failed) void this.#load();
    return wanted && !!this.#stage;
  }

  render(view: CallView, said: TemplateResult | typeof nothing): TemplateResult | null {
    return this.#stage?.render(view, said) ?? null;
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      const { VideoStage, stageStyles } = await import('./video-stage.js');
      addStyles(this.#host.shadowRoot as ShadowRoot, stageStyles);
      this.#stage = new VideoStage(this.#host);
    } catch (error) {
      console.warn(this.#host, error);
      this.failed = true;
    }
    this.#loading = false;
    this.#host.requestUpdate();
  }
}
