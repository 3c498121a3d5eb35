/** A call through the real phone system, between two pages with the real kit: 1001 clicks, 1002 accepts at once. */
import type { Browser, Page } from 'puppeteer-core';
import { startDemo, until, type Demo } from '../test/support/demo.js';
import { acceptCalls, dial, hangUp, openKit } from './kit-phone.js';

export class PhoneCalls {
  private constructor(
    private readonly demo: Demo,
    private readonly caller: Page,
  ) {}

  static async start(browser: Browser): Promise<PhoneCalls> {
    const demo = await startDemo();
    const signIn = (extension: string) =>
      openKit(browser, demo.url, { extension, password: `demo-${extension}` });
    const caller = await signIn('1001');
    const callee = await signIn('1002');
    await acceptCalls(callee);
    await caller.bringToFront();
    return new PhoneCalls(demo, caller);
  }

  /** Resolves with the milliseconds until audio arrives. */
  call(): Promise<number> {
    return dial(this.caller, '1002');
  }

  /** Hangs up, and waits until nothing of the call is left. */
  async hangUp(): Promise<void> {
    await hangUp(this.caller);
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
