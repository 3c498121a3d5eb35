import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AllTexts } from './texts.js';

/** The texts by language code; English stands in for those that are missing. */
const languages = new Map<string, Partial<AllTexts>>();
/** The elements on the page now, to render again when a language or some of its texts come. */
const shown = new Set<ReactiveControllerHost>();
/** What only pages in another language than English need, once it was loaded. */
let abroad: typeof import('./other-languages.js') | undefined;
let observer: MutationObserver | undefined;
/** After that long a language that could not be loaded is asked for again, by whatever is rendered then. */
const RETRY_MS = 30_000;

function renderAll(): void {
  for (const host of shown) host.requestUpdate();
}

/** Adds texts in a language, `hu` or `pt-br`, to those that are there. */
export function registerTexts(code: string, texts: Partial<AllTexts>): void {
  languages.set(code, { ...languages.get(code), ...texts });
  renderAll();
}

/** Asks for the texts of a language, once; until they come, and if they do not, English is shown. */
async function bring(code: string): Promise<void> {
  languages.set(code, {});
  try {
    abroad = await import('./other-languages.js');
    registerTexts(code, await abroad.textsOf(code));
  } catch (error) {
    console.warn(error);
    // Later there may be another chance.
    setTimeout(() => languages.delete(code), RETRY_MS);
  }
}

/** The value of the nearest attribute of that name around an element, shadow roots included. */
export function around(element: Element, name: string): string {
  let within: Element | undefined = element;
  let value: string | null | undefined;
  while (within && !value) {
    value = within.closest(`[${name}]`)?.getAttribute(name);
    within = (within.getRootNode() as Partial<ShadowRoot>).host;
  }
  return value ?? '';
}

/** The language of an element, from the nearest `lang` around it, else the browser's. */
export class Language implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    shown.add(this.#host);
    observer ??= new MutationObserver(renderAll);
    observer.observe(this.#host.getRootNode(), { subtree: true, attributeFilter: ['lang', 'dir'] });
  }

  hostDisconnected(): void {
    shown.delete(this.#host);
  }

  hostUpdated(): void {
    abroad?.turn(this.#host, this);
  }

  /** Its code (BCP 47), good for `Intl`. */
  get code(): string {
    try {
      return Intl.getCanonicalLocales(around(this.#host, 'lang') || navigator.language)[0] ?? 'en';
    } catch {
      return 'en';
    }
  }

  /** A text; undefined while it is not loaded, and in English where its name says it. */
  find<K extends keyof AllTexts>(key: K): AllTexts[K] | undefined {
    const code = this.code.toLowerCase();
    const primary = code.split('-')[0]!;
    if (primary !== 'en' && !languages.has(code)) void bring(code);
    const texts = [code, primary, 'en'].map((one) => languages.get(one));
    return texts.find((one) => one?.[key])?.[key];
  }
}
