import { LitElement } from 'lit';
import { property } from './property.js';
import type { ProblemCode } from '../../phone/state.js';
import { Language } from '../text/language.js';
import type { Say } from '../text/texts.js';
import { speakEnglish } from '../text/en.js';
import { wordsOf } from '../text/words.js';

speakEnglish();

/** The words for problems, on their way. */
let loading: Promise<void> | undefined;
let lost = false;

/** What all tags have in common: the client they belong to, texts in their language, custom states. */
export abstract class OzekiElement extends LitElement {
  /** The `id` of the `<ozeki-client>` to use, for a tag that is not inside one. */
  @property() client = '';

  protected readonly language = new Language(this);
  protected readonly internals = this.attachInternals();

  /** A text in the language of the nearest `lang`. */
  protected readonly text: Say = (key, ...values) => {
    const text = this.language.find(key) as string | ((...args: unknown[]) => string) | undefined;
    return typeof text === 'function' ? text(...values) : (text ?? wordsOf(key));
  };

  /** Sets or removes a custom state, for `:state(name)` in a page's style sheet. */
  protected setState(name: string, on: boolean): void {
    this.internals.states[on ? 'add' : 'delete'](name);
  }

  /** What went wrong, in words; empty until these are loaded, `otherwise` when they cannot be. */
  protected problem(code: ProblemCode, otherwise = this.text('notLoaded')): string {
    if (this.language.find('problem')) return this.text('problem', code);
    loading ??= import('../text/en-problems.js').then(
      ({ speakProblems }) => speakProblems(),
      () => {
        // The phone system that serves the words may be what is gone. Later there may be another chance.
        lost = true;
        speakEnglish({});
        setTimeout(() => (loading = undefined), 5000);
      },
    );
    return lost ? otherwise : '';
  }

  /**
   * Told by `moveBefore()`, which moves an element without disconnecting it because this is here.
   * @internal
   */
  connectedMoveCallback(): void {
    this.hostMoved?.();
  }

  /**
   * What a controller wants to do after a move.
   * @internal
   */
  hostMoved?: () => void;
}
