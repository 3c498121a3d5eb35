import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SuppliedContact } from './contact.js';

/**
 * Whom a page knows, for what is typed into the search field; everybody for an empty one. `signal` says when nobody
 * waits for the answer any more.
 */
export type ContactSource = (
  search: string,
  signal: AbortSignal,
) => Promise<readonly SuppliedContact[]> | readonly SuppliedContact[];

/** After the last key in the search field before a source is asked, in milliseconds. */
const TYPING_MS = 250;

/** The contacts of the page: those in its HTML, as `tel:` links inside the tag, and those its source answers. */
export class Supply implements ReactiveController {
  loading = false;
  failed = false;
  #links: readonly SuppliedContact[] = [];
  #answer: readonly SuppliedContact[] = [];
  #source: ContactSource | null = null;
  #search = '';
  #asked: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #observer = new MutationObserver(() => this.#read());

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Those in the HTML, which are not searched yet. */
  get links(): readonly SuppliedContact[] {
    return this.#links;
  }

  /** What the source answered to the search. */
  get answer(): readonly SuppliedContact[] {
    return this.#answer;
  }

  hostConnected(): void {
    const what = { childList: true, subtree: true, characterData: true, attributeFilter: ['href', 'title'] };
    this.#observer.observe(this.#host, what);
    this.#read();
    if (this.#source) this.ask();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#give();
  }

  /** Asks this source for this search: at once for another source, else when nothing was typed for a moment. */
  want(source: ContactSource | null, search: string): void {
    const other = source !== this.#source;
    if (!other && search === this.#search) return;
    this.#source = source;
    this.#search = search;
    if (other) this.#answer = [];
    this.#give();
    this.failed = false;
    if (source) this.#timer = setTimeout(() => this.ask(), other ? 0 : TYPING_MS);
  }

  /** Asks the source, again when it failed. */
  ask(): void {
    const source = this.#source;
    if (!source) return;
    this.#give();
    const asked = (this.#asked = new AbortController());
    this.loading = true;
    this.failed = false;
    this.#host.requestUpdate();
    // Also what it throws at once is its failure and not the tag's.
    void (async () => checked(await source(this.#search, asked.signal), this.#host))().then(
      (answer) => this.#done(asked, answer),
      (error: unknown) => {
        if (!asked.signal.aborted) console.warn(this.#host, error);
        this.#done(asked, null);
      },
    );
  }

  #done(asked: AbortController, answer: readonly SuppliedContact[] | null): void {
    if (asked !== this.#asked || asked.signal.aborted) return;
    this.loading = false;
    this.failed = !answer;
    if (answer) this.#answer = answer;
    this.#host.requestUpdate();
  }

  /** Waits for no answer any more. */
  #give(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.loading = false;
  }

  #read(): void {
    const links = this.#host.querySelectorAll<HTMLAnchorElement>('a[href^="tel:"]');
    this.#links = [...links].map((link) => ({
      name: link.textContent.trim(),
      number: decoded(link.getAttribute('href')!.slice('tel:'.length)),
      detail: link.title,
    }));
    this.#host.requestUpdate();
  }
}

/** A number in an address; as it stands there when it is not well written. */
function decoded(number: string): string {
  try {
    return decodeURIComponent(number);
  } catch {
    return number;
  }
}

/** What a page answered, without what is none; says so, once for each answer. */
function checked(answer: unknown, host: HTMLElement): readonly SuppliedContact[] {
  if (!Array.isArray(answer)) throw new TypeError('A source of contacts has to bring an array.');
  const good = answer.filter(isContact);
  if (good.length < answer.length) {
    console.warn(host, 'Contacts without texts as "name" and "number" are left out.');
  }
  return good;
}

function isContact(value: unknown): value is SuppliedContact {
  const { name, number, detail, numbers } = (value ?? {}) as Partial<Record<keyof SuppliedContact, unknown>>;
  return (
    typeof name === 'string' &&
    typeof number === 'string' &&
    number !== '' &&
    (detail === undefined || typeof detail === 'string') &&
    (numbers === undefined ||
      (Array.isArray(numbers) &&
        numbers.every((one: unknown) => typeof (one as { number?: unknown } | null)?.number === 'string')))
  );
}
