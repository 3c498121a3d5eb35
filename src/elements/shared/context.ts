/**
 * How a tag finds its phone: by context from the `<ozeki-client>` around it, or by `client="id"` from one that
 * stands elsewhere. Keys are `Symbol.for`, so that two copies of the kit on one page find each other.
 */
import { ContextRoot, createContext } from '@lit/context';
import type { PhoneHandle } from '../../phone/handle.js';

/** The context under which `<ozeki-client>` provides its {@link PhoneHandle}. */
export const phoneContext = createContext<PhoneHandle>(Symbol.for('ozeki-webphone.phone'));

/** What an element needs to be a provider that can be named by `client="id"`. */
export interface PhoneProvider extends HTMLElement {
  readonly phone: PhoneHandle;
}

/** The providers that are in a document now, and a way to hear when one comes, goes or is renamed. */
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

/**
 * Keeps requests of tags that were defined before their `<ozeki-client>`, and repeats them when it comes.
 * Without it a tag that asked too early would never get a phone.
 */
export function rememberEarlyRequests(): void {
  const key = Symbol.for('ozeki-webphone.context-root');
  const page = globalThis as { [key]?: ContextRoot };
  if (page[key] || typeof document === 'undefined') return;
  page[key] = new ContextRoot();
  page[key].attach(document.documentElement);
}
