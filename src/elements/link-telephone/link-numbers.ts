/** Makes the telephone numbers of a page callable, and puts everything as it was when it is asked to. */
import type { CountryCode } from 'libphonenumber-js/min';
import { askForPhone, providers } from '../common/context.js';
import { OzekiDialEvent } from '../common/dial-event.js';

export interface LinkTelephoneOptions {
  /** The token of an outside line: each number gets an `<ozeki-call-button>` that calls by it. */
  readonly line?: string;
  /** The `id` of the `<ozeki-client>` to call with; without it, and without `line`, the one around each number. */
  readonly client?: string;
  /** The phone system, for `line`; as of `<ozeki-client>`. */
  readonly server?: string;
  /** Call with the camera on. */
  readonly video?: boolean;
  /** Where a number without a country code is from, such as `HU` (ISO 3166-1). */
  readonly country?: CountryCode;
  /** What else has a number as its text, beside `tel:` links. */
  readonly numbers?: string;
  /** Do the same with what comes later. */
  readonly observe?: boolean;
}

/** What pages mark numbers with: microdata and microformats. */
const MARKED = '[itemprop~="telephone"], .tel, .p-tel, [data-telephone]';
const LINKS = 'a[href^="tel:" i]';
/** On what was made here. */
const OURS = 'data-ozeki-linked';

/**
 * Turns `tel:` links and marked-up numbers into call buttons of an outside line, or into links that call with a
 * client. Resolves with the way to undo it, when all that is there is done.
 */
export async function linkNumbers(
  root: ParentNode & Node,
  options: LinkTelephoneOptions,
): Promise<() => void> {
  const { numbers = MARKED, line, country, observe } = options;
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min');
  /** As it is dialled; a short number, such as an extension, as it stands. Empty for what is no number. */
  const read = (text: string): string => {
    const parsed = parsePhoneNumberFromString(text, country);
    if (parsed?.isPossible()) return parsed.number;
    const plain = text.replace(/[\s().-]/g, '');
    return /^[*#\d]{2,8}$/.test(plain) ? plain : '';
  };

  const undoes: (() => void)[] = [];
  const link = (element: Element): void => {
    const isLink = element.matches(LINKS);
    const number = read(isLink ? numberOf(element) : (element.textContent ?? ''));
    // A number with a link in it, or in one, is that link's.
    const taken = isLink
      ? line === undefined
      : !!element.closest('a, button') || !!element.querySelector('a, button');
    if (!number || taken || element.closest(`[${OURS}]`)) return;
    undoes.push(line === undefined ? wrap(element, number) : replace(element, number, options));
  };
  const look = (within: ParentNode & Node): void => {
    const wanted = `${LINKS}, ${numbers}`;
    if (within instanceof Element && within.matches(wanted)) link(within);
    for (const element of within.querySelectorAll(wanted)) if (within.contains(element)) link(element);
  };
  const clicked = (event: Event): void => {
    const target = event.composedPath().find((one) => one instanceof Element && one.matches(LINKS));
    const number = target && read(numberOf(target as Element));
    if (number) call(event as MouseEvent, target as Element, number, options);
  };

  look(root);
  if (line === undefined) root.addEventListener('click', clicked);
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) if (node instanceof Element && node.isConnected) look(node);
  });
  if (observe) observer.observe(root, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    root.removeEventListener('click', clicked);
    for (const undo of undoes.splice(0)) undo();
  };
}

/** The number a link names. */
function numberOf(link: Element): string {
  // RFC 3966: parameters such as `;ext=` follow the number.
  const [number = ''] = (link.getAttribute('href') ?? '').slice('tel:'.length).split(';');
  try {
    return decodeURIComponent(number);
  } catch {
    return number;
  }
}

/** Puts what is in an element into a link. Returns the way back. */
function wrap(element: Element, number: string): () => void {
  const anchor = document.createElement('a');
  anchor.href = `tel:${number}`;
  anchor.setAttribute(OURS, '');
  anchor.append(...element.childNodes);
  element.append(anchor);
  return () => anchor.replaceWith(...anchor.childNodes);
}

/** Puts a call button in the place of an element. Returns the way back. */
function replace(
  element: Element,
  number: string,
  { line, server, video }: LinkTelephoneOptions,
): () => void {
  const button = document.createElement('ozeki-call-button');
  button.setAttribute(OURS, '');
  button.setAttribute('number', number);
  button.setAttribute('line', line!);
  if (server) button.setAttribute('server', server);
  button.toggleAttribute('video', !!video);
  button.textContent = element.textContent;
  element.replaceWith(button);
  return () => button.replaceWith(element);
}

/** Calls with a client, unless the page wants it otherwise or has none: then the link is a link as before. */
function call(
  event: MouseEvent,
  link: Element,
  number: string,
  { client, video = false }: LinkTelephoneOptions,
): void {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const phone = client ? providers.find(client)?.phone : askForPhone(link);
  if (!phone) return;
  event.preventDefault();
  if (!link.dispatchEvent(new OzekiDialEvent({ number, video }))) return;
  // What became of it is shown by the tags of the client.
  phone.dial(number, { video }).catch(() => {});
}
