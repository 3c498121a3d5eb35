/** A page with the real kit, worked as a person does: types a number, clicks on Call; or takes every call at once. */
import type { Browser, Page } from 'puppeteer-core';
import type { PhoneHandle } from '../src/phone/handle.js';
import { giveStopwatch } from './stopwatch.js';

type Client = HTMLElement & { extension: string; password: string; phone: PhoneHandle };

/** Opens the page, which has a client and a dialpad on it, and signs in. */
export async function openKit(
  browser: Browser,
  url: string,
  account: { readonly extension: string; readonly password: string },
): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  await giveStopwatch(page);
  await page.goto(url);
  await page.evaluate(async (credentials) => {
    await customElements.whenDefined('ozeki-client');
    Object.assign(document.querySelector<Client>('ozeki-client')!, credentials);
  }, account);
  const connected = () => document.querySelector('ozeki-client')!.matches(':state(connected)');
  await page.waitForFunction(connected, { timeout: 10_000, polling: 50 });
  return page;
}

/** Has the phone of a page accept every call as soon as it rings. */
export async function acceptCalls(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { phone } = document.querySelector<Client>('ozeki-client')!;
    const taken = new Set<string>();
    phone.subscribe(() => {
      for (const { id, direction, state } of phone.getState().calls) {
        if (direction !== 'incoming' || state !== 'ringing' || taken.has(id)) continue;
        taken.add(id);
        void phone.accept(id);
      }
    });
  });
}

/** Types the number, clicks on Call, and resolves with the milliseconds until audio arrives. */
export function dial(page: Page, to: string): Promise<number> {
  return page.evaluate(async (number) => {
    const dialpad = document.querySelector('ozeki-dialpad')!.shadowRoot!;
    const input = dialpad.querySelector('input')!;
    input.value = number;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const button = dialpad.querySelector<HTMLButtonElement>('[part~="call-button"]')!;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const heard = window.stopwatch.untilAudio();
    button.click();
    return heard;
  }, to);
}

/** Ends all calls of a page. */
export async function hangUp(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { phone } = document.querySelector<Client>('ozeki-client')!;
    for (const { id, state } of phone.getState().calls) {
      if (state !== 'ended') await phone.hangUp(id);
      phone.dismiss(id);
    }
  });
}

/** Waits until the other side has ended all calls of a page. */
export async function hungUp(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const { phone } = document.querySelector<Client>('ozeki-client')!;
      const { calls } = phone.getState();
      if (calls.some(({ state }) => state !== 'ended')) return false;
      for (const { id } of calls) phone.dismiss(id);
      return true;
    },
    { timeout: 10_000, polling: 20 },
  );
}
