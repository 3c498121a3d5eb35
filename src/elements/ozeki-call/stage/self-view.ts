import { html, type TemplateResult } from 'lit';

/** One step of an arrow key, as a share of the way across. */
const STEP = 0.1;

/** How far each arrow key moves the picture: across, down. */
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/**
 * One's own picture in a corner of the stage. Its place is kept as a share of the free way in each direction,
 * so it stays inside when the stage changes its size.
 */
export class SelfView {
  #drag: { readonly x: number; readonly y: number; readonly atX: number; readonly atY: number } | null = null;

  render(local: MediaStream | null, name: string): TemplateResult {
    return html`<div class="room">
      <div
        class="self"
        part="self-view"
        role="group"
        aria-label=${name}
        tabindex="0"
        @pointerdown=${this.#start}
        @pointermove=${this.#move}
        @pointerup=${this.#stop}
        @pointercancel=${this.#stop}
        @keydown=${this.#key}
      >
        <video autoplay playsinline aria-hidden="true" .muted=${true} .srcObject=${local}></video>
      </div>
    </div>`;
  }

  readonly #start = (event: PointerEvent): void => {
    const self = event.currentTarget as HTMLElement;
    self.setPointerCapture(event.pointerId);
    const { x, y } = place(self);
    this.#drag = { x, y, atX: event.clientX, atY: event.clientY };
  };

  readonly #move = (event: PointerEvent): void => {
    if (!this.#drag) return;
    const self = event.currentTarget as HTMLElement;
    const { across, down } = freeWay(self);
    put(
      self,
      this.#drag.x + (event.clientX - this.#drag.atX) / across,
      this.#drag.y + (event.clientY - this.#drag.atY) / down,
    );
  };

  readonly #stop = (): void => {
    this.#drag = null;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    const self = event.currentTarget as HTMLElement;
    const { x, y } = place(self);
    put(self, x + step[0], y + step[1]);
  };
}

/** The way the picture can go in each direction, in pixels; at least one. */
function freeWay(self: HTMLElement): { across: number; down: number } {
  const stage = self.offsetParent ?? self;
  return {
    across: Math.max(1, stage.clientWidth - self.offsetWidth),
    down: Math.max(1, stage.clientHeight - self.offsetHeight),
  };
}

/** Where it is: 0 is left and top, 1 is right and bottom. */
function place(self: HTMLElement): { x: number; y: number } {
  const { across, down } = freeWay(self);
  return { x: self.offsetLeft / across, y: self.offsetTop / down };
}

function put(self: HTMLElement, x: number, y: number): void {
  const share = (value: number) => String(Math.min(1, Math.max(0, value)));
  self.style.setProperty('--_x', share(x));
  self.style.setProperty('--_y', share(y));
}
