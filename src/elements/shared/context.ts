/**
 * How a tag finds its phone: by context from the `<ozeki-client>` around it, or by `client="id"` from one that
 * stands elsewhere. This speaks the Context protocol of the Web Components Community Group, so tags of a page's
 * own can ask, too. Keys are `Symbol.for`, so that two copies of the kit on one page find each other.
 */
import type { PhoneHandle } from '../../phone/handle.js';

/** The context under which `<ozeki-client>` provides its {@link PhoneHandle}; also for `@lit/context`. */
export const phoneContext = Symbol.for('ozeki-webphone.phone') as symbol & {
  readonly __context__: PhoneHandle;
};

type Callback = (phone: PhoneHandle, unsubscribe?: () => void) => void;

class ContextRequestEvent extends Event {
  readonly context = phoneContext;

  constructor(
    readonly contextTarget: Element,
    readonly callback: Callback,
  ) {
    super('context-request', { bubbles: true, composed: true });
  }
}

/** The phone that is provided around an element; null when there is none. */
export function askForPhone(element: Element): PhoneHandle | null {
  let answer: PhoneHandle | null = null;
  element.dispatchEvent(new ContextRequestEvent(element, (phone) => (answer = phone)));
  return answer;
}

/** What an element needs to be a provider that can be named by `client="id"`. */
export interface PhoneProvider extends HTMLElement {
  readonly phone: PhoneHandle;
}

/** Answers requests from inside an element. The phone of a provider is always the same one. */
export function providePhone(provider: PhoneProvider): void {
  provider.addEventListener('context-request', (event) => {
    const { context, callback } = event as ContextRequestEvent;
    if (context !== phoneContext || event.composedPath()[0] === provider) return;
    event.stopPropagation();
    callback(provider.phone, () => {});
  });
}

/**
 * The providers that are in a document now, and a way to hear when one comes, goes or is renamed: a tag that was
 * defined before its provider asks again then.
 */
class ProviderRegistry extends EventTarget {
  readonly #providers = new Set<PhoneProvider>();

  add(provider: PhoneProvider): void {
    this.#providers.add(provider);
    this.changed();
  }

  delete(provider: PhoneProvider): void {
    this.#providers.delete(provider);
    this.changed();
  }

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  find(id: string): PhoneProvider | undefined {
    return [...this.#providers].find((provider) => provider.id === id);
  }
}

const KEY = Symbol.for('ozeki-webphone.providers');
type Registered = { [KEY]?: ProviderRegistry };

/** The one registry of this page. */
export const providers: ProviderRegistry = ((globalThis as Registered)[KEY] ??= new ProviderRegistry());
