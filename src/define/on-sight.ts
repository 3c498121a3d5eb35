/** Brings in what defines a tag: resolves when it is defined. */
export type Definition = () => Promise<unknown>;

/**
 * Defines tags when a page first has them, so that it loads no others. Returns what looks for them in a document or
 * a shadow root, now and from then on.
 *
 * @param waiting By the names of the tags.
 */
export function onSight(waiting: Map<string, Definition>): (root: Node) => void {
  const define = (tag: string): void => {
    const load = waiting.get(tag);
    if (!load) return;
    waiting.delete(tag);
    load().catch((error: unknown) => {
      // The next one on the page tries again.
      console.warn(`<${tag}>`, error);
      waiting.set(tag, load);
    });
  };

  const look = (node: Node): void => {
    const { localName, querySelectorAll } = node as Partial<Element>;
    if (localName) define(localName);
    if (querySelectorAll && waiting.size)
      for (const found of (node as Element).querySelectorAll([...waiting.keys()].join()))
        define(found.localName);
  };

  return (root) => {
    look(root);
    new MutationObserver((records) => {
      for (const { addedNodes } of records) addedNodes.forEach(look);
    }).observe(root, { childList: true, subtree: true });
  };
}
