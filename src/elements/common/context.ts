/**
 * How a tag finds its phone: by context from the `<ozeki-client>` around it, or by `client="id"` from one that
 * stands elsewhere. It is the Context protocol of the Web Components Community Group, so tags of a page's own can
 * ask, too, by `@lit/context` or by hand. Only its event and key are used here: the library's consumer never hears
 * of a provider that is defined later, and keeps the phone of a client it was moved out of. Keys are `Symbol.for`, so that two copies of the kit on one page find each other.
 */
import { ContextEvent, createContext } from '@lit/context';
import type { PhoneHandle } from '../../phone/handle.js';

/** The context under which `<ozeki-client>` provides its {@link PhoneHandle}. */
export const phoneContext = createContext<PhoneHandle>(Symbol.for('ozeki-webphone.phone'));

/** The phone that is provided around an element; null when there is none. */
export function askForPhone(element: Element): PhoneHandle | null {
  let answer: PhoneHandle | null = null;
  element.dispatchEvent(new ContextEvent(phoneContext, element, (phone) => (answer = phone)));
  return answer;
}

/** What an element needs to be a provider that can be named by `client="id"`. */
export interface PhoneProvider extends HTMLElement {
  readonly phone: PhoneHandle;
}

/** Answers requests from inside an element. The phone of a provider is always the same one. */
export function providePhone(provider: PhoneProvider): void {
  provider.addEventListener('context-request', (event) => {
    if (event.context !== phoneContext || event.composedPath()[0] === provider) return;
    event.stopPropagation();
    event.callback(provider.phone, () => {});
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
