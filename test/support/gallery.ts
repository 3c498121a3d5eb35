/** People at the pages of the gallery of the JavaScript API (demo/ozeki-api/), each in a window of their own. */
import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import { Desk } from './desk.js';

export interface Visitor {
  /** The page's file name, without its ending. */
  page: string;
  extension?: string;
  /** The tone of this person's microphone, in Hz. */
  tone?: number;
  /** What else to fill in before connecting, by label. */
  fill?: Record<string, string>;
}

export class Gallery {
  #desks: Desk[] = [];

  /** @param url Where the phone system's pages are. */
  constructor(
    readonly browser: Browser,
    readonly url: string,
  ) {}

  /** Opens a page and does nothing on it. */
  async open({ page, tone = 807 }: Visitor): Promise<Desk> {
    const desk = await Desk.open(this.browser, { url: `${this.url}/ozeki-api/${page}.html`, tone });
    this.#desks.push(desk);
    return desk;
  }

  /** Opens a page, connects as an extension and waits until access is granted. */
  async visit(visitor: Visitor): Promise<Desk> {
    const desk = await this.open(visitor);
    await connect(desk, visitor);
    await desk.shows('#connection', 'ACCESS_GRANTED');
    return desk;
  }

  /** Closes all pages; none of them may have thrown, or broken their policy. */
  async close(): Promise<void> {
    const desks = this.#desks;
    this.#desks = [];
    const troubles: string[] = [];
    for (const desk of desks) {
      troubles.push(...desk.errors);
      if (!desk.page.isClosed()) troubles.push(...(await desk.violations()));
      await desk.close();
    }
    assert.deepEqual(troubles, []);
  }
}

/** Fills in the connection form and sends it; the page fills in the demo's password. */
export async function connect(desk: Desk, { extension, fill = {} }: Omit<Visitor, 'page'>): Promise<void> {
  if (extension !== undefined) {
    await desk.fill('Extension', extension);
    // The page fills in the password once the field is left.
    await desk.page.keyboard.press('Tab');
  }
  for (const [label, value] of Object.entries(fill)) await desk.fill(label, value);
  await desk.press('Connect');
}
