import type { CSSResult, ReactiveControllerHost } from 'lit';

/** A module with a part of an element, and what that part looks like. */
export interface LazyModule {
  readonly styles?: CSSResult | readonly CSSResult[];
}

/** A part of an element that is loaded when it is first needed; the element renders again when it is here. */
export class Lazy<T extends LazyModule> {
  /** The last attempt failed; {@link load} tries again. */
  failed = false;
  /** The module, when it is here. */
  module: T | null = null;
  #loading: Promise<void> | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #import: () => Promise<T>;

  constructor(host: ReactiveControllerHost & HTMLElement, load: () => Promise<T>) {
    this.#host = host;
    this.#import = load;
  }

  /** The module; null while it is loaded, which this starts. */
  get(): T | null {
    if (!this.module && !this.failed) void this.load();
    return this.module;
  }

  /** Loads the module, once; resolves when it is here or has failed, and never rejects. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<void> {
    this.failed = false;
    try {
      const module = await this.#import();
      const sheets = [module.styles ?? []].flat().map(({ styleSheet }) => styleSheet!);
      this.#host.shadowRoot!.adoptedStyleSheets.push(...sheets);
      this.module = module;
    } catch (error) {
      console.warn(this.#host, error);
      this.failed = true;
      this.#loading = null;
    }
    this.#host.requestUpdate();
  }
}
