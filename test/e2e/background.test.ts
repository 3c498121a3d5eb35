/** Pages that nobody looks at, in a Chromium that holds their timers back soon: a call still arrives and rings. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { FLAGS } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { Network } from '../support/network.js';
import { until as untilSo } from '../support/until.js';

/** Everything that keeps the timers of hidden pages going: here it must not. */
const KEEPS_GOING = [
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** A Chromium in which it takes a second instead of five minutes until a hidden page's timers run once a minute. */
function startStrictBrowser(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    ignoreDefaultArgs: KEEPS_GOING,
    args: [
      ...FLAGS.filter((flag) => !KEEPS_GOING.includes(flag)),
      '--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1',
    ],
  });
}

/** What pages forbid that have the kit from their own origin, by their path. */
const POLICIES: Record<string, string> = {
  '/no-worker': `worker-src 'none'`,
  '/no-policy': `require-trusted-types-for 'script'; trusted-types lit-html`,
};

/** Pages of another origin than the kit, and some of its own whose policy allows no worker. */
async function serveForeignPages(demo: Demo): Promise<{ server: Server; url: string }> {
  const script = async (url: string, response: ServerResponse) => {
    const file = await fetch(new URL(url, demo.url));
    response.writeHead(file.status, { 'content-type': 'text/javascript' }).end(await file.text());
  };
  const server = createServer(({ url }, response) => {
    if (url!.endsWith('.js')) return void script(url!, response);
    const policy = POLICIES[url!];
    response.writeHead(200, {
      'content-type': 'text/html',
      ...(policy && { 'content-security-policy': policy }),
    }).end(`<!doctype html>
<html lang="en"><title>Elsewhere</title>
<script type="module" src="${policy ? '' : demo.url.replace(/\/$/, '')}/ozeki-webphone.js"></script>
<ozeki-client server="${demo.gatewayUrl}"></ozeki-client></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** What the page's own timers did, and what its phone says; asked over the debugger, whom nothing holds back. */
const look = (page: Page) =>
  page.evaluate(() => {
    const { connection, calls } = document.querySelector('ozeki-client')!.phone.getState();
    return {
      hidden: document.hidden,
      beatsASecond: (window.beats * 1000) / (performance.now() - window.beatsFrom),
      status: connection.status,
      call: calls.at(-1)?.state ?? null,
      told: window.statuses,
    };
  });

declare global {
  interface Window {
    /** How often a timer of the page that is set anew each 200 ms ran. */
    beats: number;
    /** Since when, by `performance.now()`. */
    beatsFrom: number;
    /** Each status of the connection, in order. */
    statuses: string[];
    /** The page itself, when it was kept for the way back. */
    same?: boolean;
  }
}

/** One phone on a page, over a network of its own. */
interface Place {
  readonly extension: string;
  readonly desk: Desk;
  readonly network: Network;
}

describe('a page that nobody looks at', () => {
  let demo: Demo;
  let browser: Browser;
  let elsewhere: { server: Server; url: string };
  let caller: Desk;
  let places: Place[] = [];

  before(async () => {
    demo = await startDemo();
    browser = await startStrictBrowser();
    elsewhere = await serveForeignPages(demo);
    caller = await Desk.open(browser, { url: demo.url });
    await signIn(caller, '1001', gatewayAt(demo.url));
  });
  after(async () => {
    await browser.close();
    elsewhere.server.close();
    await demo.close();
  });
  afterEach(async () => {
    for (const { desk, network } of places) {
      await desk.close();
      await network.close();
    }
    places = [];
  });

  async function signIn(desk: Desk, extension: string, server: string): Promise<void> {
    await untilSo(() =>
      desk.page.evaluate(() => document.querySelector('ozeki-client')?.matches(':defined') ?? false),
    );
    await desk.page.evaluate(
      async (number, address) => {
        const { phone } = document.querySelector('ozeki-client')!;
        window.statuses = [];
        phone.subscribe(() => {
          const { status } = phone.getState().connection;
          if (window.statuses.at(-1) !== status) window.statuses.push(status);
        });
        const signIn = { extension: number, password: `demo-${number}` };
        await phone.connect({ server: address, signIn });
      },
      extension,
      server,
    );
    await until(desk, ({ status }) => status === 'connected');
  }

  /** Opens a page whose phone has all that it needs in trouble. */
  async function open(url: string, extension: string): Promise<Place> {
    // The demo's policy lets its pages connect to where they are from, and nowhere else.
    const own = url === demo.url;
    const network = await Network.to(own ? demo.url : demo.gatewayUrl);
    const desk = await Desk.open(browser, { url: own ? `http://127.0.0.1:${network.port}/` : url });
    const place = { extension, desk, network };
    places.push(place);
    await signIn(desk, extension, own ? gatewayAt(network.url) : network.url);
    await loaded(desk, '/recovery-');
    return place;
  }

  /** Waits until a page has loaded a part of the kit. */
  const loaded = (desk: Desk, part: string) =>
    desk.page.waitForFunction(
      (wanted) => {
        const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        return loaded.some(({ name, responseEnd }) => name.includes(wanted) && responseEnd > 0);
      },
      { timeout: 30_000, polling: 50 },
      part,
    );

  /** Puts another tab in front; the page's own timers are held back from then on. */
  async function hide({ desk }: Place): Promise<void> {
    const { page, context } = desk;
    await page.evaluate(() => {
      window.beats = 0;
      window.beatsFrom = performance.now();
      setInterval(() => window.beats++, 200);
    });
    const front = await context.newPage();
    await front.bringToFront();
    await untilSo(async () => (await look(page)).hidden);
    await loaded(desk, '/background-');
  }

  async function rings({ desk, extension }: Place): Promise<void> {
    await caller.page.evaluate(
      (number) => document.querySelector('ozeki-client')!.phone.dial(number),
      extension,
    );
    await until(desk, ({ call }) => call === 'ringing');
    await caller.page.evaluate(async () => {
      const { phone } = document.querySelector('ozeki-client')!;
      const [call] = phone.getState().calls;
      await phone.hangUp(call!.id);
      phone.dismiss(call!.id);
    });
    await until(desk, ({ call }) => call === 'ended');
    await desk.page.evaluate(() => {
      const { phone } = document.querySelector('ozeki-client')!;
      for (const { id } of phone.getState().calls) phone.dismiss(id);
    });
  }

  /** How the caller sees an extension. */
  const seen = (extension: string, status: string) =>
    caller.page.waitForFunction(
      (number, wanted) =>
        document
          .querySelector('ozeki-client')!
          .phone.getState()
          .extensions.some(({ id, status }) => id === number && status === wanted),
      { timeout: 30_000, polling: 50 },
      extension,
      status,
    );

  it('notices a connection that died without a word, and is called: with a worker, and where it may have none', async () => {
    const all = await Promise.all([
      open(demo.url, '1002'),
      open(elsewhere.url, '1003'),
      open(`${elsewhere.url}/no-worker`, '1004'),
      open(`${elsewhere.url}/no-policy`, '1004'),
    ]);
    for (const place of all) await hide(place);
    for (const place of all) await rings(place);
    for (const { network } of all) network.silence();
    await Promise.all(all.map(({ desk }) => until(desk, ({ status }) => status === 'reconnecting', 60_000)));
    for (const { network } of all) network.online();
    await Promise.all(all.map(({ desk }) => until(desk, ({ status }) => status === 'connected')));
    for (const place of all) await rings(place);
    for (const { desk, network } of all) {
      network.cut();
      await until(desk, ({ told }) => told.slice(-3).join() === 'connected,reconnecting,connected');
    }
    for (const place of all) await rings(place);
    const workers = all.map(({ desk }) => desk.page.workers().length);
    assert.deepEqual(workers, [1, 0, 0, 0], 'a worker where there may be one');
    for (const { desk } of all) {
      const { hidden, beatsASecond } = await look(desk.page);
      assert.ok(
        hidden && beatsASecond < 2,
        `the page's own timers were held back: ${beatsASecond} a second of 5`,
      );
    }
    for (const { desk } of all.slice(0, 2)) assert.deepEqual(await desk.violations(), []);
  });

  it('holds a lock against being frozen, and lets go of it', async () => {
    const place = await open(demo.url, '1002');
    const { page } = place.desk;
    const held = (is: boolean) =>
      untilSo(() =>
        page.evaluate(async (wanted) => {
          const { held } = await navigator.locks.query();
          return held!.some(({ name }) => name === 'ozeki-webphone awake') === wanted;
        }, is),
      );
    await held(false);
    await hide(place);
    await held(true);
    await page.bringToFront();
    await held(false);
    await hide(place);
    await held(true);
    await page.evaluate(() => document.querySelector('ozeki-client')!.phone.disconnect());
    await held(false);
  });

  it('frozen, it is not called in vain; thawed, it says that it is connected when it is', async () => {
    const { desk, network, extension } = await open(demo.url, '1002');
    const session = await desk.page.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await seen(extension, 'offline');
    network.silence();
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await network.next();
    assert.deepEqual((await look(desk.page)).told, ['connecting', 'connected', 'reconnecting']);
    network.online();
    await until(desk, ({ status }) => status === 'connected');
    await seen(extension, 'idle');
  });

  it('left and come back to: nobody rings there meanwhile, and afterwards somebody does', async () => {
    const place = await open(demo.url, '1002');
    const { page } = place.desk;
    await page.evaluate(() => (window.same = true));
    await page.goto(`${elsewhere.url}/nothing`);
    await seen('1002', 'offline');
    await page.goBack();
    assert.equal(await page.evaluate(() => window.same), true, 'the page was kept');
    await until(place.desk, ({ status }) => status === 'connected');
    assert.deepEqual((await look(page)).told, ['connecting', 'connected', 'reconnecting', 'connected']);
    await rings(place);
  });
});

/** The gateway at the port of a page. */
const gatewayAt = (url: string) => `ws://${new URL(url).host}/gateway`;

async function until(
  { page }: Desk,
  isSo: (seen: Awaited<ReturnType<typeof look>>) => boolean,
  timeout = 30_000,
): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    const seen = await look(page);
    if (isSo(seen)) return;
    if (performance.now() > end) assert.fail(JSON.stringify(seen));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
