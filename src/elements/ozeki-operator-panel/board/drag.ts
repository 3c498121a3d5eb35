/** Dragging by pointer: mouse, pen or finger. Loaded when a pointer first goes down on something to drag. */

/** Pixels a pointer has to move before it drags. */
const SLACK = 6;
/** So near an edge of the list it scrolls, and by so much with each move. */
const EDGE = 28;
const STEP = 12;

/** What is done with what is dragged. */
export interface Dragging {
  begin(): void;
  /** The extension under the pointer; empty for none. */
  over(id: string): void;
  /** It was let go: there, or with nothing under the pointer. */
  end(id: string): void;
}

/** Follows a pointer that went down, until it is let go. */
export function drag(down: PointerEvent, handle: HTMLElement, dragging: Dragging): void {
  const root = handle.getRootNode() as ShadowRoot;
  const scroll = root.querySelector<HTMLElement>('.scroll');
  const stop = new AbortController();
  const { signal } = stop;
  let ghost: HTMLElement | null = null;

  const under = ({ clientX, clientY }: PointerEvent) =>
    root.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-extension]')?.dataset.extension ??
    '';
  const finish = (id: string) => {
    stop.abort();
    if (!ghost) return;
    ghost.remove();
    // The click that follows is none.
    const swallow = new AbortController();
    handle.addEventListener('click', (event) => event.stopImmediatePropagation(), {
      ...{ capture: true, once: true, signal: swallow.signal },
    });
    setTimeout(() => swallow.abort());
    dragging.end(id);
  };

  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    const { clientX, clientY } = event;
    // It was let go before this was loaded.
    if (!event.buttons) return finish('');
    if (!ghost) {
      if (Math.hypot(clientX - down.clientX, clientY - down.clientY) < SLACK) return;
      handle.setPointerCapture(down.pointerId);
      ghost = makeGhost(handle);
      dragging.begin();
    }
    ghost.style.translate = `${clientX + 12}px ${clientY + 8}px`;
    const box = scroll?.getBoundingClientRect();
    if (box && clientX > box.left && clientX < box.right) {
      if (clientY > box.bottom - EDGE) scroll!.scrollTop += STEP;
      else if (clientY < box.top + EDGE) scroll!.scrollTop -= STEP;
    }
    dragging.over(under(event));
  };

  addEventListener('pointermove', move, { signal });
  addEventListener('pointerup', (event) => event.pointerId === down.pointerId && finish(under(event)), {
    signal,
  });
  addEventListener('pointercancel', () => finish(''), { signal });
  addEventListener('keydown', (event) => event.key === 'Escape' && finish(''), { signal, capture: true });
}

/** What is dragged, beside the pointer and above everything on the page. */
function makeGhost(handle: HTMLElement): HTMLElement {
  const ghost = document.createElement('div');
  ghost.className = 'ghost';
  ghost.popover = 'manual';
  ghost.ariaHidden = 'true';
  ghost.textContent = handle.textContent;
  handle.closest('.base')!.append(ghost);
  ghost.showPopover();
  return ghost;
}
