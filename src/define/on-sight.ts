/** Defines a tag: resolves when it is defined. */
export type Define = (tag: string) => Promise<unknown>;

/** What the names of the kit's tags begin with. */
const OURS = 'ozeki-';

/** Defines tags when a page first has them, so that it loads no others. */
export class OnSight {
  readonly #seen = new Set<string>();
  readonly #define: Define;

  /** @param define Brings in what defines a tag. */
  constructor(define: Define) {
    this.#define = define;
  }

  /** Looks for tags in a document or a shadow root, now and from now on. */
  watch(root: Node): void {
    this.#look(root);
    new MutationObserver((records) => {
      for (const { addedNodes } of records) addedNodes.forEach((node) => this.#look(node));
    }).observe(root, { childList: true, subtree: true });
  }

  #look(node: Node): void {
    const element = node as Partial<Element>;
    for (const one of [element, ...(element.querySelectorAll?.(':not(:defined)') ?? [])]) {
      const tag = one.localName;
      if (!tag?.startsWith(OURS) || this.#seen.has(tag) || customElements.get(tag)) continue;
      this.#seen.add(tag);
      this.#define(tag).catch((error: unknown) => {
        console.warn(`<${tag}> could not be loaded; the next one on the page tries again.`, error);
        this.#seen.delete(tag);
      });
    }
  }
}
