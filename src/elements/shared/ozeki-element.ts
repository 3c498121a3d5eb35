import { LocalizeController } from '@shoelace-style/localize';
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Texts } from '../text/texts.js';
import '../text/en.js';

/** What all tags have in common: the client they belong to, texts in their language, custom states. */
export abstract class OzekiElement extends LitElement {
  /** The `id` of the `<ozeki-client>` to use, for a tag that is not inside one. */
  @property() client = '';

  protected readonly localize = new LocalizeController<Texts>(this);
  protected readonly internals = this.attachInternals();

  /** A text in the language of the nearest `lang`. */
  protected text<K extends keyof Texts>(
    key: K,
    ...values: Texts[K] extends (...args: infer A) => string ? A : []
  ): string {
    return this.localize.term(key, ...(values as never));
  }

  /** Sets or removes a custom state, for `:state(name)` in a page's style sheet. */
  protected setState(name: string, on: boolean): void {
    this.internals.states[on ? 'add' : 'delete'](name);
  }

  /**
   * Being here, and empty, it makes `moveBefore()` move the element without disconnecting it.
   * @internal
   */
  connectedMoveCallback(): void {}
}
