/** The parameters of a command, from the address and the form; their names are the same in upper and lower case. */
import { invalidParameter } from './status.js';

export class Parameters {
  readonly #values = new Map<string, string>();
  readonly #twice = new Set<string>();

  /** `query` is what follows the question mark of the address, `form` a body of the form type. */
  constructor(query: string, form: string) {
    for (const source of [query, form]) {
      for (const [name, value] of new URLSearchParams(source)) {
        const key = name.toLowerCase();
        if (this.#values.has(key)) this.#twice.add(key);
        this.#values.set(key, value);
      }
    }
  }

  /** The command's name; empty when there is none. Throws when it is given twice. */
  get command(): string {
    return this.find('Command') ?? '';
  }

  /** A parameter, or undefined. Throws 302 when it is given twice: nobody could tell which one counts. */
  find(name: string): string | undefined {
    const key = name.toLowerCase();
    if (this.#twice.has(key)) throw invalidParameter(name, this.#values.get('command') ?? '');
    return this.#values.get(key);
  }

  /** A parameter that must be there and not empty; throws 302 otherwise. */
  need(name: string): string {
    const value = this.find(name);
    if (value === undefined || value === '') throw invalidParameter(name, this.command);
    return value;
  }
}
