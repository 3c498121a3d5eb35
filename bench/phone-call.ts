/** A call through the real phone system, between two pages with the real kit: 1001 clicks, 1002 accepts at once. */
import type { Browser, Page } from 'puppeteer-core';
import type { PhoneHandle } from '../src/phone/handle.js';
import { startDemo, until, type Demo } from '../test/support/demo.js';
import { giveStopwatch } from './stopwatch.js';

type Client = HTMLElement & { extension: string; password: string; phone: PhoneHandle };

export class PhoneCalls {
  private constructor(
    private readonly demo: Demo,
    private readonly caller: Page,
  ) {}

  static async start(browser: Browser): Promise<PhoneCalls> {
    const demo = await startDemo();
    const caller = await signIn(browser, demo.url, '1001');
    const callee = await signIn(browser, demo.url, '1002');
    await callee.evaluate(() => {
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
    await caller.bringToFront();
    return new PhoneCalls(demo, caller);
  }

  /** Types the number, clicks on Call, and resolves with the milliseconds until audio arrives. */
  async call(): Promise<number> {
    return this.caller.evaluate(async () => {
      const dialpad = document.querySelector('ozeki-dialpad')!.shadowRoot!;
      const input = dialpad.querySelector('input')!;
      input.value = '1002';
      input.dispatchEvent(new Event('input', { bubbles: true }));
      const button = dialpad.querySelector<HTMLButtonElement>('[part~="call-button"]')!;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const heard = window.stopwatch.untilAudio();
      button.click();
      return heard;
    });
  }

  /** Hangs up, and waits until nothing of the call is left. */
  async hangUp(): Promise<void> {
    await this.caller.evaluate(async () => {
      const { phone } = document.querySelector<Client>('ozeki-client')!;
      for (const { id, state } of phone.getState().calls) {
        if (state !== 'ended') await phone.hangUp(id);
        phone.dismiss(id);
      }
    });
    const left = await until(
      () => this.demo.phoneSystem.vitals(),
      ({ legs, mediaLegs }) => legs + mediaLegs === 0,
    );
    if (left.legs + left.mediaLegs > 0) throw new Error('legs were left after hanging up');
  }

  close(): Promise<void> {
    return this.demo.close();
  }
}

async function signIn(browser: Browser, url: string, extension: string): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  await giveStopwatch(page);
  await page.goto(url);
  await page.evaluate(async (number) => {
    await customElements.whenDefined('ozeki-client');
    const client = document.querySelector<Client>('ozeki-client')!;
    client.extension = number;
    client.password = `demo-${number}`;
  }, extension);
  const connected = () => document.querySelector('ozeki-client')!.matches(':state(connected)');
  await page.waitForFunction(connected, { timeout: 10_000, polling: 50 });
  return page;
}
