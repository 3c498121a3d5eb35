/**
 * What a screen reader is told while something happens: the changes of live regions, in a tag and the tags in it
 * (WAI-ARIA 1.2, `aria-live`, `aria-atomic`). A region that comes with words in it is told only when it is an alert.
 */
const REGIONS = '[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])';

export class Listener {
  /** The sentences, in order. */
  readonly told: string[] = [];
  readonly #observers: MutationObserver[] = [];
  readonly #roots = new WeakSet<ShadowRoot>();

  constructor(tag: Element) {
    this.#listenTo(tag.shadowRoot!, true);
  }

  stop(): void {
    for (const observer of this.#observers) observer.disconnect();
  }

  #listenTo(root: ShadowRoot, first = false): void {
    if (this.#roots.has(root)) return;
    this.#roots.add(root);
    if (!first) for (const alert of root.querySelectorAll('[role=alert]')) this.#tell(alert);
    const observer = new MutationObserver((records) => {
      const changed = new Set(records.flatMap((record) => this.#changedBy(record)));
      for (const element of changed) this.#tell(element);
      this.#lookInside(root, first);
    });
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    this.#observers.push(observer);
    this.#lookInside(root, first);
  }

  #lookInside(root: ShadowRoot, first: boolean): void {
    for (const element of root.querySelectorAll('*'))
      if (element.shadowRoot) this.#listenTo(element.shadowRoot, first);
  }

  /** The elements whose words are told because of a change. */
  #changedBy({ target, addedNodes }: MutationRecord): Element[] {
    const at = target instanceof Element ? target : target.parentElement;
    const region = at?.closest(REGIONS);
    const added = [...addedNodes].filter((node) => node instanceof Element);
    if (!region)
      return added.flatMap((one) => [
        ...(one.matches('[role=alert]') ? [one] : []),
        ...one.querySelectorAll('[role=alert]'),
      ]);
    if (region.getAttribute('aria-atomic') !== 'false' && region.matches('[role]')) return [region];
    // Only what is new.
    return at === region ? added : [at!];
  }

  #tell(element: Element): void {
    const words = element.textContent.replace(/\s+/g, ' ').trim();
    if (words && element.isConnected && element.checkVisibility({ visibilityProperty: true }))
      this.told.push(words);
  }
}
