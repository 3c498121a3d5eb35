import { badArgument } from './errors.js';

/** The DOM id both `setDisplay` and `setRemoteDisplay` use when they are given none ("setRemoteDisplay", page 4937). */
export const DEFAULT_DISPLAY = 'local';

/** A place on the page for a moving picture: a `<video>` in the page's container, or the page's own `<video>`. */
export class Display {
  /** The DOM id of the container. */
  readonly id: string;
  readonly #video: HTMLVideoElement;
  readonly #own: boolean;

  /**
   * @param target The id of an element, or the element.
   * @throws OzError naming `displayId` when there is no such element.
   */
  constructor(target: unknown, method: string) {
    const element = typeof target === 'string' ? document.getElementById(target) : target;
    if (!(element instanceof Element)) throw badArgument('displayId', method);
    this.id = element.id;
    this.#own = !(element instanceof HTMLVideoElement);
    this.#video = element instanceof HTMLVideoElement ? element : document.createElement('video');
    // The sound of a call is played apart from its picture.
    this.#video.muted = true;
    this.#video.autoplay = true;
    this.#video.playsInline = true;
    if (this.#own) {
      this.#video.style.maxWidth = '100%';
      element.append(this.#video);
    }
  }

  /** Shows a picture; null for none. */
  show(stream: MediaStream | null): void {
    if (this.#video.srcObject === stream) return;
    this.#video.srcObject = stream;
    // A muted picture needs no click; one that is replaced meanwhile is not missed.
    if (stream) void this.#video.play().catch(() => {});
  }

  close(): void {
    this.#video.srcObject = null;
    if (this.#own) this.#video.remove();
  }
}
