import { html, type TemplateResult } from 'lit';
import type { PhoneState } from '../../phone/state.js';
import { icon, outline } from '../common/icons.js';
import { optional } from '../common/optional.js';
import type { PlainText } from '../text/texts.js';

/** One of the kit's tabs: its name is its key in {@link TABS}. */
export interface Tab {
  readonly words: PlainText;
  readonly icon: TemplateResult;
  /**
   * What it shows, where the phone does not draw it itself; `tell` is told how much there is to see, and `names` are
   * the tabs there are.
   */
  readonly view?: (tell: (news: number) => void, names: readonly string[]) => TemplateResult;
  /** How much there is to see, in words. It is loaded from the start then, for what it tells. */
  readonly news?: 'missedCount' | 'unreadCount';
  /** What the phone system has to be able to do for it; nothing for any. */
  readonly needs?: 'control' | 'messages';
}

/** The kit's tabs, in the order in which a phone shows them that is not told otherwise. */
export const TABS: Readonly<Record<string, Tab>> = {
  // The keypad's place is the call's, too, while there is one.
  keypad: { words: 'keypad', icon: icon('keypad') },
  history: {
    words: 'history',
    icon: outline('M12 3a9 9 0 1 1-9 9 9 9 0 0 1 9-9M12 7v5l3 2'),
    view: (tell) =>
      html`<ozeki-call-history
        class="fills"
        @ozeki-missed-change=${(event: Event & { readonly count: number }) => tell(event.count)}
      ></ozeki-call-history>`,
    news: 'missedCount',
    needs: 'control',
  },
  contacts: {
    words: 'contacts',
    icon: outline('M12 12a4 4 0 1 0-4-4 4 4 0 0 0 4 4M4 21a8 8 0 0 1 16 0'),
    view: (_, names) =>
      html`<ozeki-contacts class="fills" ?messages=${names.includes('messages')}></ozeki-contacts>`,
  },
  messages: {
    words: 'messages',
    icon: outline('M4 5h16v11H11l-5 4v-4H4z'),
    view: (tell) =>
      html`<ozeki-chat
        class="fills"
        @ozeki-unread-change=${(event: Event & { readonly unread: number }) => tell(event.unread)}
      ></ozeki-chat>`,
    news: 'unreadCount',
    needs: 'messages',
  },
  calls: {
    words: 'calls',
    icon: outline(
      'M4 4h2l1.5 4L6 9a7 7 0 0 0 4 4l1-1.5 4 1.5v2a2 2 0 0 1-2 2A11 11 0 0 1 2 6a2 2 0 0 1 2-2M13 4h8M16 8h5M18 12h3',
    ),
    view: () => html`<ozeki-call-list class="fills"></ozeki-call-list>`,
  },
  settings: {
    words: 'settings',
    icon: outline(
      'M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M7 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
    ),
  },
};

/**
 * The names of the tabs there are: those of `wanted`, or all of the kit's where that names none; without what this
 * phone system cannot do, once that is known.
 */
export function tabNames(wanted: string, can: PhoneState['capabilities']): readonly string[] {
  return [...new Set(wanted.match(/\S+/g) ?? Object.keys(TABS))].filter((name) => {
    const needs = TABS[name]?.needs;
    return !can || !needs || can[needs];
  });
}

/** What a tab is drawn from. */
export interface TabView {
  readonly name: string;
  readonly label: string;
  readonly selected: boolean;
  /** How much there is to see in it, in words and as a badge. */
  readonly news: string;
  readonly badge: unknown;
  open(): void;
}

export function tabView({ name, label, selected, news, badge, open }: TabView): TemplateResult {
  return html`<button
    class="tab"
    part="tab"
    role="tab"
    id="tab-${name}"
    title=${label}
    tabindex=${selected ? 0 : -1}
    aria-selected=${selected}
    aria-controls=${optional(selected && `panel-${name}`)}
    @click=${open}
  >
    ${TABS[name]?.icon ?? html`<slot name="${name}-icon">${outline('M5 4h14v16H5zM9 9h6M9 13h6')}</slot>`}
    <span class="clip">${label}</span>${badge} <span class="visually-hidden">${news}</span>
  </button>`;
}

/** Arrows, Home and End move between tabs; what is pressed is opened (WAI-ARIA Authoring Practices, tabs). */
export function moveInTabs(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const all = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = all.indexOf(event.target as HTMLElement);
  const forward = list.matches(':dir(rtl)') ? -1 : 1;
  const places: Record<string, number> = {
    ArrowRight: at + forward,
    ArrowLeft: at - forward,
    Home: 0,
    End: -1,
  };
  const to = places[event.key];
  if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  all.at(to % all.length)!.focus();
}
