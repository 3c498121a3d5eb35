import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its element once a second, on the second, while `running` says so: for timers on the screen. */
export class Ticker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #running: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, running: () => boolean) {
    this.#host = host;
    this.#running = running;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#timer !== undefined || !this.#running()) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#host.requestUpdate();
      },
      1000 - (Date.now() % 1000),
    );
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
