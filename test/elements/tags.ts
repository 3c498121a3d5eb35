/** What the tests of the tags share: tags with a fake phone around them, and a person's hands. */
import { aTimeout, fixtureSync, html, nextFrame } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import { OzekiClient } from '../../src/elements/ozeki-client/ozeki-client.js';
import type { PhoneHandle } from '../../src/phone/handle.js';
import type { PhoneState } from '../../src/phone/state.js';
import { FakePhone, SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { providePhone } from '../support/provide-phone.js';

/** An `<ozeki-client>` whose phone is a fake one. */
export class TestClient extends OzekiClient {
  readonly fake = new FakePhone(SIGNED_OUT);

  protected override createPhone() {
    return this.fake.handle;
  }

  /** The commands that were given, by name. */
  get commands(): string[] {
    return this.fake.commands.map(([name]) => name);
  }

  /** What it was told to connect with, each time. */
  get connects(): unknown[] {
    return this.fake.commands.filter(([name]) => name === 'connect').map(([, options]) => options);
  }
}
customElements.define('test-client', TestClient);

/** A tag inside an element that provides a fake phone. */
export async function withPhone<T extends LitElement>(
  markup: string,
  state: PhoneState = SIGNED_IN,
): Promise<{ tag: T; fake: FakePhone; host: HTMLElement }> {
  const fake = new FakePhone(state);
  const host = fixtureSync<HTMLElement>(html`<div></div>`);
  providePhone(host, fake);
  host.innerHTML = markup;
  const tag = host.firstElementChild as T;
  await tag.updateComplete;
  return { tag, fake, host };
}

/** A tag on the page of somebody with a real phone, in a client that is defined already. */
export async function onPageOf<K extends keyof HTMLElementTagNameMap>(
  { phone }: { readonly phone: PhoneHandle },
  name: K,
): Promise<HTMLElementTagNameMap[K]> {
  const client = fixtureSync<OzekiClient>(html`<ozeki-client no-sign-in></ozeki-client>`);
  client.phone = phone;
  const tag = document.createElement(name);
  client.append(tag);
  await rendered(client);
  return tag;
}

/** The first element in a tag's shadow root that a selector matches. */
export function inside<T extends Element = HTMLElement>(tag: Element, selector: string): T {
  const found = tag.shadowRoot!.querySelector<T>(selector);
  if (!found) throw new Error(`<${tag.localName}> shows no ${selector}.`);
  return found;
}

/** What a tag shows, as words. */
export function shown(tag: Element): string {
  return tag.shadowRoot!.textContent.replace(/\s+/g, ' ').trim();
}

/** Renders what is to be rendered. */
export async function rendered(...tags: LitElement[]): Promise<void> {
  await nextFrame();
  for (const tag of tags) while (!(await tag.updateComplete));
}

/** Waits until what slides or fades in has arrived. */
export async function still(tag: Element): Promise<void> {
  const passing = tag.shadowRoot!.getAnimations().filter((one) => one.effect!.getTiming().iterations === 1);
  await Promise.all(passing.map((one) => one.finished));
}

/** Moves the pointer there and clicks. */
export async function click(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  await sendMouse({ type: 'click', position });
}

/** Holds a pointer down on something until `done`, and lets go; the click follows, as in a browser. */
export async function hold(target: HTMLElement, done: () => boolean): Promise<void> {
  target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true, button: 0 }));
  while (!done()) await aTimeout(20);
  target.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true, button: 0 }));
  target.click();
}

/** Every event of the document that bubbled up to it, with what page scripts can read in it. */
export function overheard(...types: string[]): Event[] {
  const events: Event[] = [];
  for (const type of types) document.addEventListener(type, (event) => events.push(event));
  return events;
}
