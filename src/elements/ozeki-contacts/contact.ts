/** Who can be called: extensions, people, and whom the page knows. Pure functions. */
import type { User } from '../../phone/control/control.js';
import type { Extension } from '../../phone/state.js';

/** A number somebody has. */
export interface ContactNumber {
  readonly number: string;
  /** What it is, where that is known: in the page's own words, or the name of a text. */
  readonly label: string;
  readonly kind: 'extension' | 'phoneNumber' | 'mobileNumber' | 'other';
}

/** Somebody in the list. */
export interface Contact {
  /** Never twice in a list. */
  readonly id: string;
  readonly name: string;
  /** A few more words: a company, a department. */
  readonly detail: string;
  /** At least one, the one to call first. */
  readonly numbers: readonly [ContactNumber, ...ContactNumber[]];
  /** What finds this person besides, unseen. */
  readonly keywords: string;
  /** What this person's phones are doing; null for a number outside. */
  readonly status: Extension['status'] | null;
}

/** A contact as a page gives it. */
export interface SuppliedContact {
  readonly name: string;
  /** As it is dialled. */
  readonly number: string;
  /** A company, a department: shown below the name, and searched. */
  readonly detail?: string;
  /** More numbers, each with a word for what it is. */
  readonly numbers?: readonly { readonly number: string; readonly label?: string }[];
}

/** Of several phones the one says most about a person that is farthest left. */
const TELLING: readonly Extension['status'][] = ['busy', 'ringing', 'idle', 'offline'];

/** The people and extensions of the phone system, except whose phone this is. */
export function fromDirectory(
  extensions: readonly Extension[],
  users: readonly User[],
  own: string,
): Contact[] {
  const phones = extensions.filter(({ kind }) => kind === 'extension');
  const byId = new Map(phones.map((phone) => [phone.id, phone]));
  const desks = new Set(users.flatMap((user) => user.extensions));
  return [
    ...users.filter((user) => !user.extensions.includes(own)).flatMap((user) => fromUser(user, byId)),
    ...phones
      .filter(({ id }) => id !== own && !desks.has(id))
      .map(({ id, name, status }): Contact => ({
        ...{ id: `extension ${id}`, name: name || id, detail: '', keywords: '', status },
        numbers: [{ number: id, label: '', kind: 'extension' }],
      })),
  ];
}

function fromUser(user: User, phones: ReadonlyMap<string, Extension>): Contact[] {
  const own = user.extensions.flatMap((id) => phones.get(id) ?? []);
  // Whoever is there is called there.
  own.sort((one, other) => Number(one.status === 'offline') - Number(other.status === 'offline'));
  const all: ContactNumber[] = [
    ...own.map(({ id }) => ({ number: id, label: '', kind: 'extension' as const })),
    ...(['phoneNumber', 'mobileNumber'] as const)
      .filter((kind) => user[kind])
      .map((kind) => ({ number: user[kind], label: '', kind })),
  ];
  // The phone number of somebody may be the extension's.
  const numbers = all.filter(({ number }, index) => all.findIndex((one) => one.number === number) === index);
  const [first, ...others] = numbers;
  if (!first) return [];
  return [
    {
      ...{ id: `user ${user.id}`, name: user.fullName || first.number, detail: own[0]?.name ?? '' },
      keywords: [user.emailAddress, ...own.map(({ name }) => name)].join('\n'),
      numbers: [first, ...others],
      status: statusOf(own),
    },
  ];
}

/** What a page gave, with the state of the extensions among it. */
export function fromPage(supplied: readonly SuppliedContact[], extensions: readonly Extension[]): Contact[] {
  return supplied.map(({ name, number, detail = '', numbers = [] }, index) => ({
    ...{ id: `page ${index} ${number}`, name: name || number, detail, keywords: '' },
    numbers: [
      { number, label: '', kind: 'other' },
      ...numbers.map((one) => ({ number: one.number, label: one.label ?? '', kind: 'other' as const })),
    ],
    status: statusOf(extensions.filter(({ id, kind }) => id === number && kind === 'extension')),
  }));
}

function statusOf(phones: readonly Extension[]): Extension['status'] | null {
  return TELLING.find((status) => phones.some((phone) => phone.status === status)) ?? null;
}

/** Those in whom every word of the search is found, whatever its case and its accents. */
export function matching(contacts: readonly Contact[], search: string): readonly Contact[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  if (!words.length) return contacts;
  return contacts.filter(({ name, detail, keywords, numbers }) => {
    const text = folded([name, detail, keywords, ...numbers.map(({ number }) => number)].join('\n'));
    return words.every((word) => text.includes(word));
  });
}

/** By name, as a reader of the language looks them up. */
export function sorted(contacts: readonly Contact[], language: string): Contact[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return [...contacts].sort(
    (one, other) => compare(one.name, other.name) || compare(one.numbers[0].number, other.numbers[0].number),
  );
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
