import { html, nothing, type TemplateResult } from 'lit';
import { icon, outline } from '../common/icons.js';
import { optional } from '../common/optional.js';
import type { Say } from '../text/texts.js';
import type { Contact, ContactNumber } from './contact.js';

const MESSAGE = 'M4 5h16v11H9l-5 4z';
const MORE = 'M7 10l5 5 5-5';

/** What a row is drawn with. */
export interface RowView {
  readonly text: Say;
  readonly index: number;
  readonly count: number;
  /** Calls can be made now. */
  readonly usable: boolean;
  readonly video: boolean;
  readonly messages: boolean;
  /** What has no room in the row is shown below it. */
  readonly open: boolean;
  call(number: string, video: boolean): void;
  message(contact: Contact): void;
  toggle(contact: Contact): void;
}

/** Something to do about somebody. */
interface Action {
  readonly kind: string;
  readonly name: string;
  readonly sign: TemplateResult;
  readonly usable: boolean;
  readonly open?: boolean;
  act(): void;
}

/** Somebody, what their phones are doing, and what can be done about it. */
export function rowView(contact: Contact, view: RowView): TemplateResult {
  const { name, detail, numbers, status } = contact;
  const { text, index, count } = view;
  const [first, ...others] = numbers;
  const [initial = ''] = name;
  const reachable = view.usable && (first.kind !== 'extension' || status !== 'offline');
  const below = [first.number !== name && first.number, status && text(status), detail].filter(Boolean);
  const ways = waysTo(contact, view, reachable);
  const more: Action = {
    ...{ kind: others.length ? 'more' : 'more narrow', name: text('moreWays', name), sign: outline(MORE) },
    ...{ usable: true, open: view.open, act: () => view.toggle(contact) },
  };
  return html`<li
    class="entry"
    part="row"
    data-index=${index}
    aria-setsize=${count}
    aria-posinset=${index + 1}
  >
    <div class="row" data-row=${contact.id}>
      <span class="avatar" part="avatar" aria-hidden="true"
        >${initial.toUpperCase()}${status ? html`<span class="dot ${status}" part="dot"></span>` : nothing}</span
      >
      <span class="fill">
        <b class="clip" part="name" dir="auto">${name}</b>
        <small class="clip" part="details"
          >${below.map((one, place) => html`${place ? ' · ' : ''}<bdi class="number">${one}</bdi>`)}</small
        >
      </span>
      ${others.length || ways.length ? button(more) : nothing} ${ways.map((way) => button(way))}
      ${button({
        ...{ kind: 'call', name: text('callTo', name), sign: icon('phone'), usable: reachable },
        act: () => view.call(first.number, false),
      })}
    </div>
    ${view.open ? belowView(contact, ways, view) : nothing}
  </li>`;
}

/** What can be done beside a call: write to an extension, and see it. */
function waysTo(contact: Contact, view: RowView, reachable: boolean): Action[] {
  const { text, usable } = view;
  const [{ number, kind }] = contact.numbers;
  const message: Action = {
    ...{ kind: 'message', name: text('messageTo', contact.name), sign: outline(MESSAGE), usable },
    act: () => view.message(contact),
  };
  const video: Action = {
    ...{ kind: 'video', name: text('videoTo', contact.name), sign: icon('camera'), usable: reachable },
    act: () => view.call(number, true),
  };
  return kind === 'extension' ? [...(view.messages ? [message] : []), ...(view.video ? [video] : [])] : [];
}

/** What has no room in the row: the other numbers, and in a narrow list the other ways. */
function belowView(
  contact: Contact,
  ways: readonly Action[],
  { text, usable, call }: RowView,
): TemplateResult {
  const line = ({ number, label, kind }: ContactNumber) => {
    const word = label || (kind === 'other' ? '' : text(kind));
    return html`<li class="row below" data-row=${number}>
      <span class="fill clip"
        ><bdi class="number">${number}</bdi>${word ? html` <small>${word}</small>` : nothing}</span
      >
      ${button({
        ...{
          kind: 'call',
          name: text('callTo', `${contact.name}, ${word || number}`),
          sign: icon('phone'),
          usable,
        },
        act: () => call(number, false),
      })}
    </li>`;
  };
  return html`<ul class="rows" part="more" aria-label=${text('moreWays', contact.name)}>
    ${ways.map(
      (way) =>
        html`<li class="row below narrow" data-row=${way.kind}>
          <span class="fill clip" aria-hidden="true">${way.name}</span>${button(way)}
        </li>`,
    )}
    ${contact.numbers.slice(1).map(line)}
  </ul>`;
}

function button({ kind, name, sign, usable, open, act }: Action): TemplateResult {
  return html`<button
    type="button"
    class="round-action ${kind}"
    part="action"
    aria-label=${name}
    title=${name}
    aria-expanded=${optional(open === undefined ? undefined : (`${open}` as const))}
    aria-disabled=${optional(!usable && 'true')}
    @click=${() => usable && act()}
  >
    ${sign}
  </button>`;
}
