/** Call set-up over a SIP server (Kamailio): the tags beside the bare libraries, taken in turns, the far end of the same kind. */
import type { Browser, Page } from 'puppeteer-core';
import { startBrowser } from '../../test/support/browser.js';
import { DOMAIN, PASSWORD, SipLab } from '../../test/support/sip-lab.js';
import { SipSite } from '../../test/support/sip-site.js';
import { acceptCalls, dial, hangUp, hungUp, openKit } from '../kit-phone.js';
import { giveStopwatch } from '../stopwatch.js';
import type { Library } from './library-page.js';
import { startLibrarySite } from './library-site.js';

export const SIP_KINDS = { kit: 'the tags', jssip: 'bare JsSIP', sipjs: 'bare SIP.js' } as const;

export type SipKind = keyof typeof SIP_KINDS;

/** Milliseconds from click to first audio packet, in the order they were taken. */
export type SipTimes = Record<SipKind, number[]>;

/** Not counted: code is compiled and devices are opened for the first time. */
const WARM_UP = 2;

interface Pair {
  call(): Promise<number>;
  /** Hangs up, and waits until neither side has a call. */
  hangUp(): Promise<void>;
}

export async function measureSipSetUp(runs: number, progress: (done: number) => void): Promise<SipTimes> {
  const ends: (() => Promise<unknown>)[] = [];
  const kept = async <T>(made: Promise<T>, end: (made: T) => Promise<unknown>): Promise<T> => {
    const thing = await made;
    ends.unshift(() => end(thing));
    return thing;
  };
  try {
    const lab = await kept(SipLab.start(), (one) => one.stop());
    const site = await kept(SipSite.start(), (one) => one.close());
    const libraries = await kept(startLibrarySite(), (one) => one.close());
    const browser = await kept(startBrowser(['--allow-loopback-in-peer-connection']), (one) => one.close());
    const pairs: Record<SipKind, Pair> = {
      kit: await kitPair(browser, site.url(lab.server), ['111', '112']),
      jssip: await libraryPair(browser, libraries.url, 'jssip', lab.server, ['121', '122']),
      sipjs: await libraryPair(browser, libraries.url, 'sipjs', lab.server, ['131', '132']),
    };
    const kinds = Object.keys(SIP_KINDS) as SipKind[];
    const times: SipTimes = { kit: [], jssip: [], sipjs: [] };
    for (let run = -WARM_UP; run < runs; run++) {
      const first = (run + WARM_UP) % kinds.length;
      for (const kind of [...kinds.slice(first), ...kinds.slice(0, first)]) {
        try {
          const passed = await pairs[kind].call();
          await pairs[kind].hangUp();
          if (run >= 0) times[kind].push(passed);
        } catch (error) {
          throw new Error(`${SIP_KINDS[kind]}: ${(error as Error).message}`, { cause: error });
        }
      }
      progress(run + 1);
    }
    return times;
  } finally {
    for (const end of ends) await end();
  }
}

type Numbers = readonly [caller: string, callee: string];

async function kitPair(browser: Browser, url: string, numbers: Numbers): Promise<Pair> {
  const open = (number: string) =>
    openKit(browser, url, { extension: `${number}@${DOMAIN}`, password: PASSWORD });
  const [caller, callee] = [await open(numbers[0]), await open(numbers[1])];
  await acceptCalls(callee);
  await caller.bringToFront();
  return {
    call: () => dial(caller, numbers[1]),
    async hangUp() {
      await hangUp(caller);
      await hungUp(callee);
    },
  };
}

async function libraryPair(
  browser: Browser,
  url: string,
  library: Library,
  server: string,
  numbers: Numbers,
): Promise<Pair> {
  const open = async (user: string): Promise<Page> => {
    const page = await (await browser.createBrowserContext()).newPage();
    await giveStopwatch(page);
    await page.goto(url);
    const account = { server: server.replace('sip+', ''), user, domain: DOMAIN, password: PASSWORD };
    await page.evaluate((which, who) => window.library.open(which, who), library, account);
    return page;
  };
  const [caller, callee] = [await open(numbers[0]), await open(numbers[1])];
  await caller.bringToFront();
  const idle = (page: Page) =>
    page.waitForFunction(() => window.library.idle(), { timeout: 10_000, polling: 20 });
  return {
    call: () => caller.evaluate((number) => window.library.call(number), numbers[1]),
    async hangUp() {
      await caller.evaluate(() => window.library.hangUp());
      await Promise.all([idle(caller), idle(callee)]);
    },
  };
}
