/** What the tests of `<ozeki-call>` share: calls in each state, and a person's hands and eyes. */
import { expect } from '@open-wc/testing';
import '../../src/define/ozeki-call.js';
import type { OzekiCall } from '../../src/elements/ozeki-call/ozeki-call.js';
import type { PhoneCall, PhoneState } from '../../src/phone/state.js';
import { aCall, SIGNED_IN, type FakePhone } from '../support/fake-phone.js';
import { rendered, shown, still, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const UNANSWERED: Partial<PhoneCall> = {
  answeredAt: null,
  talk: { ms: 0, since: null },
  quality: null,
  media: 'connecting',
};

export const EXTENSIONS: PhoneState['extensions'] = [
  { id: '1001', name: 'Front desk', kind: 'extension', type: 'Webphone', status: 'busy' },
  { id: '1003', name: 'Support', kind: 'extension', type: 'Webphone', status: 'idle' },
  { id: '1004', name: 'Supervisor', kind: 'extension', type: 'Webphone', status: 'offline' },
  { id: 'web', name: 'Website', kind: 'line', type: 'Webphone outside line', status: 'idle' },
];

/** A call in which the far side, or this phone, has not answered yet. */
export const unanswered = (differences: Partial<PhoneCall>) => aCall({ ...UNANSWERED, ...differences });

/** A call that rings at this phone. */
export const incoming = (differences: Partial<PhoneCall> = {}) =>
  unanswered({
    direction: 'incoming',
    state: 'ringing',
    remote: { number: 'Qdb3W', name: 'Website visitor' },
    line: 'website',
    ...differences,
  });

/** A call this phone put on hold after 42 seconds. */
export const onHold = (differences: Partial<PhoneCall> = {}) =>
  aCall({
    remote: { number: '1003', name: 'Support' },
    heldLocally: true,
    talk: { ms: 42_000, since: null },
    ...differences,
  });

export interface Card {
  readonly tag: OzekiCall;
  readonly fake: FakePhone;
}

/** The card, showing these calls, with everything loaded that they need. */
export async function card(...calls: PhoneCall[]): Promise<Card> {
  const { tag, fake } = await withPhone<OzekiCall>('<ozeki-call></ozeki-call>', {
    ...SIGNED_IN,
    extensions: EXTENSIONS,
  });
  fake.setCalls(...calls);
  await settled(tag, calls);
  return { tag, fake };
}

/** Waits for the parts that are loaded when these calls are shown. */
async function settled(tag: OzekiCall, [call, ...others]: PhoneCall[]): Promise<void> {
  await rendered(tag);
  if (call?.quality || call?.state === 'ended')
    await waitUntil(() => find(tag, '.quality, [part=dismiss]'), 'the extras are loaded');
  if (others.length) await waitUntil(() => find(tag, '.strip'), 'the strips are loaded');
}

export const find = <E extends HTMLElement>(tag: OzekiCall, selector: string) =>
  tag.shadowRoot!.querySelector<E>(selector);

/** The name assistive technology tells. */
export const nameOf = (button: Element) => button.getAttribute('aria-label') ?? button.textContent.trim();

/** The names of the buttons that are shown. */
export const names = (tag: OzekiCall) =>
  [...tag.shadowRoot!.querySelectorAll('button')]
    .filter((button) => button.checkVisibility({ visibilityProperty: true }))
    .map(nameOf);

/** The one button of a name. */
export function button(tag: OzekiCall, name: string): HTMLButtonElement {
  const found = [...tag.shadowRoot!.querySelectorAll('button')].filter((one) => nameOf(one) === name);
  expect(found, `buttons named ${name}`).to.have.length(1);
  return found[0]!;
}

/** Opens a panel and waits until it is here. */
export async function open(tag: OzekiCall, name: string): Promise<HTMLElement> {
  button(tag, name).focus();
  button(tag, name).click();
  await waitUntil(() => find(tag, '.panel'), `the ${name} panel is loaded`);
  await tag.updateComplete;
  return find(tag, '.panel')!;
}

/** Types into the number field of the open panel. */
export async function type(tag: OzekiCall, number: string): Promise<void> {
  const input = find<HTMLInputElement>(tag, '.panel input')!;
  input.value = number;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await rendered(tag);
}

/** What is read aloud. */
export const announced = (tag: OzekiCall) =>
  find(tag, '[role=status]')!.textContent.replace(/\s+/g, ' ').trim();

export { aCall, rendered, shown, still };
