/** Brings in what defines a tag: resolves when it is defined. */
export type Definition = () => Promise<unknown>;

/** Defines tags when a page first has them, so that it loads no others. */
export class OnSight {
  readonly #waiting: Map<string, Definition>;

  /** @param definitions By the names of the tags. */
  constructor(definitions: Iterable<[tag: string, Definition]>) {
    this.#waiting = new Map(definitions);
  }

  /** Looks for tags in a document or a shadow root, now and from now on. */
  watch(root: Node): void {
    this.#look(root);
    new MutationObserver((records) => {
      for (const { addedNodes } of records) addedNodes.forEach((node) => this.#look(node));
    }).observe(root, { childList: true, subtree: true });
  }

  #look(node: Node): void {
    if (!this.#waiting.size || !(node as Partial<Element>).querySelectorAll) return;
    const element = node as Element;
    const inside = element.querySelectorAll([...this.#waiting.keys()].join());
    for (const { localName } of [element, ...inside]) this.#define(localName);
  }

  #define(tag: string): void {
    const define = this.#waiting.get(tag);
    if (!define) return;
    this.#waiting.delete(tag);
    define().catch((error: unknown) => {
      console.warn(`<${tag}> could not be loaded; the next one on the page tries again.`, error);
      this.#waiting.set(tag, define);
    });
  }
}
