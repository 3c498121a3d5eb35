import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { User } from '../../phone/control/control.js';
import type { PhoneError } from '../../phone/handle.js';
import type { ProblemCode } from '../../phone/state.js';
import { OzekiChatOpenEvent } from '../common/chat-open-event.js';
import { ControlController } from '../common/control-controller.js';
import { avatarStyles } from '../common/avatar.styles.js';
import { controls } from '../common/controls.styles.js';
import { OzekiDialEvent } from '../common/dial-event.js';
import { listStyles } from '../common/list.styles.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { property, state } from '../common/property.js';
import { searchField } from '../common/search-field.js';
import { Roving } from '../common/roving.js';
import { tokens } from '../common/tokens.styles.js';
import { Windowed } from '../common/windowed.js';
import { speakContacts } from '../text/en-contacts.js';
import { fromDirectory, fromPage, matching, sorted, type Contact } from './contact.js';
import { ROW, styles } from './ozeki-contacts.styles.js';
import { rowView } from './row.js';
import { Supply, type ContactSource } from './supply.js';

export type * from '../common/chat-open-event.js';
export type * from '../common/dial-event.js';
export type { SuppliedContact } from './contact.js';
export type { ContactSource } from './supply.js';

speakContacts();

/**
 * @customElement
 * @tagname ozeki-contacts
 * @summary Extensions and people of the phone system, with what they are doing now, to search, call and write to.
 *
 * A page adds its own contacts: by `tel:` links inside the tag, which are ordinary links until the tag is defined,
 * and by a `source`, which is asked for what is typed into the search field.
 *
 * ```html
 * <ozeki-contacts><a href="tel:+3613710150" title="Ozeki">Reception</a></ozeki-contacts>
 * ```
 *
 * @event {OzekiDialEvent} ozeki-dial - Somebody wants to call; `detail` has `number` and `video`. Bubbles; `preventDefault()` keeps the element from dialling.
 * @event {OzekiChatOpenEvent} ozeki-chat-open - Somebody wants to write to an extension; `detail` has `number` and `name`. Bubbles; `<ozeki-chat>` of the same phone opens the conversation.
 *
 * @slot empty - Shown while there is nobody, instead of the kit's own words.
 *
 * @csspart base - The card.
 * @csspart bar - The head line with the number of contacts.
 * @csspart tools - The line with the search field.
 * @csspart search - The search field.
 * @csspart scroll - What scrolls when there are many.
 * @csspart row - Somebody.
 * @csspart avatar - The initial in a circle.
 * @csspart dot - What somebody's phones are doing, as a shape.
 * @csspart name - The name.
 * @csspart details - The number, what the phones are doing in words, and more.
 * @csspart action - A button of a row.
 * @csspart more - What has no room in the row: other numbers, and in a narrow list the other ways.
 * @csspart notice - Why something did not work.
 * @csspart icon - Every icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-surface-raised=#f4f5f7 / #1e2128] - A row under the pointer.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Names.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Numbers and states.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - Avatars and the focus ring.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - Idle, and the call buttons.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - Busy.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - Ringing.
 * @cssproperty [--ozeki-size-list=480px] - The height from which the list scrolls.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate empty - There is nobody to show.
 * @cssstate loading - The page's source was asked.
 * @cssstate failed - It did not answer.
 */
export class OzekiContacts extends OzekiElement {
  static override styles = [tokens, controls, avatarStyles, listStyles, styles];

  /** No buttons for video calls. */
  @property({ type: Boolean, attribute: 'no-video' }) noVideo = false;
  /** Only the page's own contacts, none of the phone system. */
  @property({ type: Boolean, attribute: 'no-directory' }) noDirectory = false;
  /** Offers to write to extensions: for pages that do something about `ozeki-chat-open`. */
  @property({ type: Boolean }) messages = false;
  /** Keeps the page's own contacts in the order it gives them, before the others. */
  @property({ type: Boolean }) unsorted = false;
  /** Brings contacts of the page's own, for what is typed. */
  @property({ attribute: false }) source: ContactSource | null = null;

  @state() private search = '';
  @state() private failure: ProblemCode | null = null;
  /** The one who is shown with what has no room in the row. */
  @state() private openId = '';
  @state() private users: readonly User[] = [];

  readonly #phone = new PhoneController(this, ({ connection, identity, capabilities, extensions }) => [
    connection.status,
    identity,
    capabilities,
    extensions,
  ]);
  readonly #link = new ControlController(this, this.#phone, {
    ready: (control) => {
      // Without it there are the extensions; the phone tells what went wrong.
      control.watch().then(
        ({ users }) => (this.users = users),
        () => {},
      );
    },
    news: ({ type }) => {
      if (type === 'user' || type === 'user-removed') this.users = this.#link.control?.directory.users ?? [];
    },
    gone: () => (this.users = []),
  });
  readonly #supply = new Supply(this);
  readonly #window = new Windowed(this, ROW);
  /** Who is shown, in order. */
  #shown: readonly Contact[] = [];
  #total = 0;

  constructor() {
    super();
    new Roving(this, (row) => this.#window.reveal(row));
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#supply.want(this.source, this.search);
    const all = this.#contacts();
    this.#total = all.length;
    this.#shown = all;
    if (changed.has('search')) void this.#window.reveal('first');
    this.setState('empty', !all.length);
    this.setState('loading', this.#supply.loading);
    this.setState('failed', this.#supply.failed);
  }

  /** Everybody who fits the search. */
  #contacts(): readonly Contact[] {
    const { state } = this.#phone;
    const extensions = state?.extensions ?? [];
    const { links, answer } = this.#supply;
    const linked = fromPage(links, extensions);
    const directory =
      this.noDirectory || !state?.identity
        ? []
        : fromDirectory(extensions, this.users, state.identity.number);
    // A source has searched already, and may know better.
    const found = [
      ...fromPage(answer, extensions).map((contact) => ({ ...contact, id: `source ${contact.id}` })),
      ...matching(linked, this.search),
    ];
    const known = new Set(found.map(({ numbers }) => numbers[0].number));
    const others = matching(directory, this.search).filter(({ numbers }) => !known.has(numbers[0].number));
    const { code } = this.language;
    return this.unsorted ? [...found, ...sorted(others, code)] : sorted([...found, ...others], code);
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const count = this.#total;
    return html`<div class="base" part="base" role="group" aria-label=${text('contacts')}>
      <div class="bar" part="bar">
        <h2>${text('contacts')}</h2>
        <span class="muted number" aria-hidden="true"
          >${count ? count.toLocaleString(this.language.code) : ''}</span
        >
      </div>
      ${this.#body()}
      <p class="visually-hidden" role="status">${this.search && count ? text('contactCount', count) : ''}</p>
    </div>`;
  }

  #body(): TemplateResult {
    const { text } = this;
    const { state } = this.#phone;
    const own = this.source || this.#supply.links.length;
    if (!own && !state?.identity) {
      const connecting = state?.connection.status === 'connecting';
      return this.#empty(text('noContacts'), text(connecting ? 'connecting' : 'contactsSignedOut'));
    }
    return html`<div class="tools" part="tools">
        ${searchField({
          label: text('searchContacts'),
          placeholder: text('search'),
          typed: (typed) => (this.search = typed),
          down: () => this.renderRoot.querySelector<HTMLElement>('[data-row] .call')?.focus(),
        })}
      </div>
      <div role="alert">
        ${this.failure ? html`<p class="notice" part="notice">${this.problem(this.failure)}</p>` : nothing}
        ${
          this.#supply.failed
            ? html`<p class="notice" part="notice">
                ${text('contactsFailed')}
                <button type="button" class="link" @click=${() => this.#supply.ask()}>
                  ${text('tryAgain')}
                </button>
              </p>`
            : nothing
        }
      </div>
      ${this.#list()}`;
  }

  #list(): TemplateResult {
    const { text } = this;
    const shown = this.#shown;
    const { loading } = this.#supply;
    if (!shown.length) {
      if (loading)
        return html`<div class="empty"><p class="muted" role="status">${text('loading')}</p></div>`;
      return this.search
        ? html`<div class="empty"><p class="muted" role="status">${text('noContactsFound')}</p></div>`
        : this.#empty(text('noContacts'), text('noContactsHint'));
    }
    const usable = this.#phone.state?.connection.status === 'connected';
    const open = shown.findIndex(({ id }) => id === this.openId);
    this.#window.open = open;
    const view = {
      ...{ text, usable, count: shown.length, video: !this.noVideo, messages: this.messages },
      call: (number: string, video: boolean) => this.#dial(number, video),
      message: (contact: Contact) => this.#write(contact),
      toggle: ({ id }: Contact) => (this.openId = id === this.openId ? '' : id),
    };
    return html`<div class=${loading ? 'scroll stale' : 'scroll'} part="scroll" aria-busy=${loading}>
      <ul class="rows window" aria-label=${text('contacts')}>
        ${repeat(
          this.#window.indices(shown.length),
          (index) => shown[index]!.id,
          (index) => rowView(shown[index]!, { ...view, index, open: index === open }),
        )}
      </ul>
    </div>`;
  }

  #dial(number: string, video: boolean): void {
    this.failure = null;
    if (!this.dispatchEvent(new OzekiDialEvent({ number, video }))) return;
    this.#phone.phone!.dial(number, { video }).catch((error: PhoneError) => {
      this.failure = error.code ?? 'internal';
    });
  }

  #write({ name, numbers: [{ number }] }: Contact): void {
    this.dispatchEvent(new OzekiChatOpenEvent({ number, name }));
  }

  #empty(title: string, hint: string): TemplateResult {
    return html`<div class="empty">
      <slot name="empty"
        ><b>${title}</b>
        <p class="muted">${hint}</p></slot
      >
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-contacts': OzekiContacts;
  }
}
