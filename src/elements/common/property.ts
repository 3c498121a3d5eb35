import type { LitElement, PropertyDeclaration } from 'lit';

type Decorator = (prototype: LitElement, name: PropertyKey) => void;

/** Lit's `@property`, for legacy decorators only; Lit's own one brings the code for standard ones along. */
export function property(options?: PropertyDeclaration): Decorator {
  return (prototype, name) => {
    (prototype.constructor as typeof LitElement).createProperty(name, options);
    // Of an accessor, the one that was made around it; else the compiler puts the bare one back.
    return Object.getOwnPropertyDescriptor(prototype, name);
  };
}

/** Lit's `@state`: a property that no attribute sets and no page should. */
export function state(): Decorator {
  return property({ state: true });
}

/** The same for all of an element's, which the build makes of them (vite.config.ts): it is smaller. */
export function properties(
  element: typeof LitElement,
  table: Readonly<Record<string, PropertyDeclaration | undefined>>,
): void {
  for (const name in table) element.createProperty(name, table[name]);
}
