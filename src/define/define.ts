/** Set on each class that this kit defines, so that a second copy of the kit can tell it is the same. */
const VERSION = Symbol.for('ozeki-webphone.version');
const CURRENT = 'ozeki-webphone 0.1.0';

/**
 * Defines a tag, unless this page has it already (two copies of the kit). Another version's definition stays,
 * with a warning: elements of both cannot live under one name.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const present = customElements.get(tag) as (CustomElementConstructor & { [VERSION]?: string }) | undefined;
  if (!present) {
    Object.assign(element, { [VERSION]: CURRENT });
    customElements.define(tag, element);
  } else if (present[VERSION] !== CURRENT) {
    console.warn(
      `<${tag}> is already defined by ${present[VERSION] ?? 'another library'}; ${CURRENT} is not used.`,
    );
  }
}
