import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether an element can be seen now: on the screen, not hidden, in a page that is in front. Renders on changes. */
export class Seen implements ReactiveController {
  #near = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: IntersectionObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get now(): boolean {
    return this.#near && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((entries) => {
      this.#near = entries.at(-1)!.isIntersecting;
      this.#host.requestUpdate();
    });
    this.#observer.observe(this.#host);
    document.addEventListener('visibilitychange', this.#changed);
  }

  hostDisconnected(): void {
    this.#near = false;
    this.#observer?.disconnect();
    document.removeEventListener('visibilitychange', this.#changed);
  }

  readonly #changed = (): void => this.#host.requestUpdate();
}
