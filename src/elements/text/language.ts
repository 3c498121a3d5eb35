import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AllTexts } from './texts.js';

/** The texts by language code; English stands in for those that are missing. */
const languages = new Map<string, Partial<AllTexts>>();
/** The elements on the page now, to render again when a language or some of its texts come. */
const shown = new Set<ReactiveControllerHost>();
let observer: MutationObserver | undefined;

function renderAll(): void {
  for (const host of shown) host.requestUpdate();
}

/** Adds texts in a language, `hu` or `pt-br`, to those that are there. */
export function registerTexts(code: string, texts: Partial<AllTexts>): void {
  languages.set(code, { ...languages.get(code), ...texts });
  renderAll();
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
    if (observer) return;
    observer = new MutationObserver(renderAll);
    observer.observe(document.documentElement, { attributeFilter: ['lang'] });
  }

  hostDisconnected(): void {
    shown.delete(this.#host);
  }

  /** Its code (BCP 47), good for `Intl`. */
  get code(): string {
    let within: Element | undefined = this.#host;
    let lang: string | null | undefined;
    while (within && !lang) {
      lang = within.closest('[lang]')?.getAttribute('lang');
      within = (within.getRootNode() as Partial<ShadowRoot>).host;
    }
    try {
      return Intl.getCanonicalLocales(lang || navigator.language)[0] ?? 'en';
    } catch {
      return 'en';
    }
  }

  /** A text; undefined while it is not loaded, and in English where its name says it. */
  find<K extends keyof AllTexts>(key: K): AllTexts[K] | undefined {
    const code = this.code.toLowerCase();
    const texts = [code, code.split('-')[0]!, 'en'].map((one) => languages.get(one));
    return texts.find((one) => one?.[key])?.[key];
  }
}
