/**
 * Two ways to use a page, by the names a screen reader says: with a pointer alone, or with a keyboard alone. Who has
 * only a keyboard has to be somewhere on the page all the time: when what had the focus goes away, that is a failure.
 */
import type { ElementHandle } from 'puppeteer-core';
import { find as byName } from './by-name.js';
import type { Desk } from './desk.js';

export interface Hand {
  readonly name: 'pointer' | 'keyboard';
  /** Presses a button, or what else can be pressed, when it can be used. */
  press(desk: Desk, name: string, role?: string): Promise<void>;
  /** Goes into a field and types. */
  write(desk: Desk, name: string, text: string): Promise<void>;
  /** Opens a tab; `from` is the one that is open. */
  open(desk: Desk, name: string, from: string): Promise<void>;
  /** Chooses from a list by the text of the last choice. */
  choose(desk: Desk, name: string, last: string): Promise<void>;
  /** Sees to it that a person can go on from here. */
  canGoOn(desk: Desk): Promise<void>;
}

/** What has that name and role, once it is seen and can be used. */
export function find(desk: Desk, name: string, role = 'button'): Promise<ElementHandle<HTMLElement>> {
  return byName(desk.page, name, { role });
}

/** A list of choices, once the last of them is there: devices have their names after somebody allowed them. */
async function listThatEnds(
  desk: Desk,
  name: string,
  last: string,
): Promise<ElementHandle<HTMLSelectElement>> {
  const list = (await find(desk, name, 'combobox')) as ElementHandle as ElementHandle<HTMLSelectElement>;
  await desk.page.waitForFunction((one, text) => [...one.options].at(-1)?.text === text, {}, list, last);
  return list;
}

export const pointer: Hand = {
  name: 'pointer',
  async press(desk, name, role = 'button') {
    await (await find(desk, name, role)).click();
  },
  async write(desk, name, text) {
    await (await find(desk, name, 'textbox')).click({ count: 3 });
    await desk.page.keyboard.type(text);
  },
  async open(desk, name) {
    await (await find(desk, name, 'tab')).click();
  },
  async choose(desk, name, last) {
    const list = await listThatEnds(desk, name, last);
    // A click in the list that opens is nothing a page sees: the browser draws it, and tells what was chosen.
    await list.select(await list.evaluate((one) => [...one.options].at(-1)!.value));
  },
  canGoOn: () => Promise.resolve(),
};

/** Whether something has the focus, and is seen. */
function isSomewhere(desk: Desk): Promise<boolean> {
  return desk.page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return !!at && at !== document.body && at.checkVisibility({ visibilityProperty: true });
  });
}

/** Those who have begun with the keyboard: from then on they have a place on the page, as long as it is there. */
const begun = new WeakSet<Desk>();

/** Goes to what has that name and role by the Tab key, and in a list by the arrow keys, from where the person is. */
async function goTo(desk: Desk, name: string, role: string): Promise<void> {
  const wanted = await find(desk, name, role);
  await keyboard.canGoOn(desk);
  begun.add(desk);
  desk.page.once('domcontentloaded', () => begun.delete(desk));
  for (let stops = 0; ; stops++) {
    const key = await wanted.evaluate(keyTowards);
    if (!key) return;
    if (stops > 200) throw new Error(`The Tab and arrow keys never come to ${name}.`);
    await desk.page.keyboard.press(key);
  }
}

/** The key that leads from what has the focus towards this one; nothing when it has it. Runs in the page. */
function keyTowards(
  wanted: HTMLElement,
): 'Tab' | 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | null {
  const at = (wanted.getRootNode() as Document | ShadowRoot).activeElement;
  if (at === wanted && document.hasFocus()) return null;
  const [from, to] = [at, wanted].map((one) => one?.closest('[data-row]'));
  const isBefore = at && wanted.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (!from || !to) return 'Tab';
  if (from === to) return isBefore ? 'ArrowLeft' : 'ArrowRight';
  return isBefore ? 'ArrowUp' : 'ArrowDown';
}

export const keyboard: Hand = {
  name: 'keyboard',
  async press(desk, name, role = 'button') {
    await goTo(desk, name, role);
    await desk.page.keyboard.press(role === 'checkbox' || role === 'radio' ? 'Space' : 'Enter');
  },
  async write(desk, name, text) {
    await goTo(desk, name, 'textbox');
    await desk.page.keyboard.type(text);
  },
  async open(desk, name, from) {
    const tab = await find(desk, name, 'tab');
    await goTo(desk, from, 'tab');
    const there = () => tab.evaluate((one) => (one.getRootNode() as ShadowRoot).activeElement === one);
    for (let steps = 0; !(await there()); steps++) {
      if (steps > 10) throw new Error(`The arrow keys never come to ${name}.`);
      await desk.page.keyboard.press('ArrowRight');
    }
    await desk.page.keyboard.press('Enter');
  },
  async choose(desk, name, last) {
    const list = await listThatEnds(desk, name, last);
    await goTo(desk, name, 'combobox');
    await desk.page.keyboard.press('End');
    const text = await list.evaluate((one) => one.selectedOptions[0]?.text);
    if (text !== last) throw new Error(`${name} is "${text}", not "${last}".`);
  },
  async canGoOn(desk) {
    if (begun.has(desk) && !(await isSomewhere(desk))) throw new Error('The focus was lost.');
  },
};

/** Both, each for a run of its own. */
export const HANDS = [pointer, keyboard] as const;
