import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether the person can be asked, and has not answered yet. */
export function mayAskForNotices(): boolean {
  return 'Notification' in globalThis && isSecureContext && Notification.permission === 'default';
}

/**
 * Desktop notifications of ringing calls while the page cannot be seen, closed when they stop ringing. A click on
 * one brings the page to the front. Two pages of one origin with the same call show one notification.
 */
export class DesktopNotices implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #shown = new Map<string, Notification>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#changed);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#changed);
    this.show(new Map());
  }

  /** Asks the person; from a click only, as browsers want it. */
  async ask(): Promise<void> {
    if (mayAskForNotices()) await Notification.requestPermission();
    this.#host.requestUpdate();
  }

  /** Shows these calls, by id, and no others. */
  show(calls: ReadonlyMap<string, string>): void {
    const wanted = document.visibilityState === 'hidden' ? calls : new Map<string, string>();
    for (const [id, notice] of this.#shown) {
      if (wanted.has(id)) continue;
      notice.close();
      this.#shown.delete(id);
    }
    for (const [id, words] of wanted) if (!this.#shown.has(id)) this.#open(id, words);
  }

  #open(id: string, words: string): void {
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
    try {
      const notice = new Notification(words, { tag: `ozeki-${id}`, requireInteraction: true });
      notice.onclick = () => {
        focus();
        notice.close();
      };
      this.#shown.set(id, notice);
    } catch {
      // A browser that shows notifications from service workers only.
    }
  }

  readonly #changed = (): void => this.#host.requestUpdate();
}
