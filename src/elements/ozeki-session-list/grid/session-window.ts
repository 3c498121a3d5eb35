import type { Session } from '../../../phone/state.js';
import type { Piece } from './session-rows.js';

/** Rows drawn above and below what can be seen. */
const BEYOND = 6;

/**
 * Which rows of a long list are drawn: those that can be seen, and those that are kept whether seen or not. All rows
 * are equally high, so that what is not drawn is a gap of known height.
 */
export class SessionWindow {
  /** Pixels of the list above what can be seen, and the height of what can be seen. */
  #top = 0;
  #height = 0;
  #row = 44;
  readonly #gaps: HTMLElement[] = [];
  readonly #root: ShadowRoot;
  readonly #moved: () => void;
  readonly #resized = new ResizeObserver(() => this.#look());
  #scroll: HTMLElement | null = null;

  /** @param moved - Told when other rows can be seen than before. */
  constructor(root: ShadowRoot, moved: () => void) {
    this.#root = root;
    this.#moved = moved;
  }

  /** How many rows can be seen. */
  get rows(): number {
    return Math.max(1, Math.floor(this.#height / this.#row));
  }

  /** Follows what can be seen, of this scrolling box and of the page around it. */
  follow(scroll: HTMLElement | null): void {
    if (scroll === this.#scroll) return;
    this.#resized.disconnect();
    this.#scroll?.removeEventListener('scroll', this.#scrolled);
    document.removeEventListener('scroll', this.#scrolled, true);
    this.#scroll = scroll;
    if (!scroll) return;
    scroll.addEventListener('scroll', this.#scrolled, { passive: true });
    document.addEventListener('scroll', this.#scrolled, { capture: true, passive: true });
    this.#resized.observe(scroll);
    this.#resized.observe(scroll.firstElementChild!);
    this.#look();
  }

  /** @param kept - Places of sessions that are drawn wherever they are. */
  pieces(view: readonly Session[], kept: readonly number[]): Piece[] {
    const first = Math.max(0, Math.floor(this.#top / this.#row) - BEYOND);
    const last = Math.min(view.length, Math.ceil((this.#top + this.#height) / this.#row) + BEYOND);
    const places = new Set(kept.filter((index) => index >= 0));
    for (let index = first; index < last; index++) places.add(index);
    const pieces: Piece[] = [];
    let next = 0;
    let gaps = 0;
    const gap = (until: number) => {
      if (until > next) pieces.push(this.#gap(gaps++, (until - next) * this.#row));
    };
    for (const index of [...places].sort((one, other) => one - other)) {
      gap(index);
      pieces.push({ session: view[index]!, index });
      next = index + 1;
    }
    gap(view.length);
    for (const unused of this.#gaps.slice(gaps)) unused.remove();
    return pieces;
  }

  /** No gaps: the list is short. */
  close(): void {
    for (const gap of this.#gaps) gap.remove();
  }

  /** The place of the uppermost row that can be seen; -1 when the list stands at its beginning. */
  get first(): number {
    return this.#top > 0 ? Math.floor(this.#top / this.#row) : -1;
  }

  /** Scrolls by so many rows. */
  shift(rows: number): void {
    if (rows) this.#scrollTo((this.#scroll?.scrollTop ?? 0) + rows * this.#row);
  }

  /** Scrolls a row into sight, below the head that stays on top. */
  reveal(index: number): void {
    const scroll = this.#scroll;
    if (!scroll) return;
    const head = scroll.querySelector('thead')!;
    const covered = getComputedStyle(head).position === 'absolute' ? 0 : head.offsetHeight;
    const above = index * this.#row;
    const below = above + this.#row + covered - scroll.clientHeight;
    if (scroll.scrollTop > above) this.#scrollTo(above);
    else if (scroll.scrollTop < below) this.#scrollTo(below);
  }

  #scrollTo(top: number): void {
    this.#scroll!.scrollTop = top;
    this.#top = this.#scroll!.scrollTop;
  }

  #gap(number: number, height: number): HTMLElement {
    let gap = this.#gaps[number];
    if (!gap) {
      gap = document.createElement('tbody');
      gap.className = 'gap';
      gap.ariaHidden = 'true';
      gap.append(document.createElement('tr'));
      gap.firstElementChild!.append(document.createElement('td'));
      this.#gaps[number] = gap;
    }
    gap.querySelector('td')!.style.blockSize = `${height}px`;
    return gap;
  }

  readonly #scrolled = (event: Event): void => {
    if (event.target === this.#scroll || (event.target as Node).contains(this.#root.host)) this.#look();
  };

  #look(): void {
    const scroll = this.#scroll;
    if (!scroll) return;
    const { top, bottom } = scroll.getBoundingClientRect();
    const row = scroll.querySelector<HTMLElement>('[data-row]')?.offsetHeight || this.#row;
    const above = scroll.scrollTop + Math.max(0, -top);
    const height = Math.max(0, Math.min(bottom, innerHeight) - Math.max(0, top));
    if (above === this.#top && height === this.#height && row === this.#row) return;
    this.#top = above;
    this.#height = height;
    this.#row = row;
    this.#moved();
  }
}
