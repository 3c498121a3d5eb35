const followed = new WeakSet<Element>();

/**
 * Exports the parts of the kit's tags in a shadow root as they appear: the part `hang-up` of `<ozeki-call>` is
 * `call__hang-up` outside. A list of their names would be long, and seldom complete.
 */
export function exportParts(root: ParentNode): void {
  for (const tag of root.querySelectorAll<HTMLElement>(':defined')) {
    const inner = tag.localName.startsWith('ozeki-') && tag.shadowRoot;
    if (!inner || followed.has(tag)) continue;
    followed.add(tag);
    const prefix = tag.localName.slice('ozeki-'.length);
    const names = new Set<string>();
    const add = (): void => {
      const before = names.size;
      for (const { part } of inner.querySelectorAll('[part]')) for (const name of part) names.add(name);
      if (names.size === before) return;
      tag.setAttribute('exportparts', [...names].map((name) => `${name}:${prefix}__${name}`).join());
    };
    // Told before the next paint.
    new MutationObserver(add).observe(inner, { childList: true, subtree: true, attributeFilter: ['part'] });
    add();
  }
}
