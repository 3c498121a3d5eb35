import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears, hearsMusic } from '../support/instrument.js';
import { MailServer, readMail } from '../support/mail-server.js';
import { heardIn } from '../support/recordings.js';

/** What the sites are made of, as their own comments say; they are plain JavaScript. */
type Answer = (
  fields: Record<string, string>,
  url: URL,
  address: string,
) => string | undefined | Promise<string | undefined>;
interface Site {
  readonly address: string;
  close(): Promise<void>;
}
interface Examples {
  answer: Answer;
  reminder(confirmed: (who: string) => void): Answer;
  remind(api: string, site: string, number: string, who: string, when: string): Promise<string>;
  voicemail(owner: string): Answer;
  startSite(answer: Answer, options: { port: number }): Promise<Site>;
}
const example = (name: string) =>
  import(new URL(`../../demo/ozml/${name}.mjs`, import.meta.url).href) as Promise<Examples>;
const { answer: pinMenu } = await example('pin-menu');
const { remind, reminder } = await example('appointment-reminder');
const { answer: routingChain } = await example('routing-chain');
const { voicemail } = await example('voicemail');
const { startSite } = await example('site');

const FRONT_DESK = 807;
const SALES = 1438;
const SUPPORT = 1163;

/** Waits until this page has heard nothing for longer than a voice pauses between two sentences. */
async function staysSilent(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const state = window as { quietSince?: number };
      if (window.ears.spectrum([]).loudest.level > -85) delete state.quietSince;
      else state.quietSince ??= performance.now();
      return performance.now() - (state.quietSince ?? Infinity) > 1500;
    },
    { polling: 50 },
  );
}

describe('the web sites of the demo', () => {
  let mail: MailServer;
  let browser: Browser;
  let site: Site | null = null;
  let demo: Demo | null = null;
  let desks: Desk[] = [];

  before(async () => {
    mail = await MailServer.start();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await mail.close();
  });
  afterEach(async () => {
    for (const desk of desks) await desk.close();
    desks = [];
    await demo?.quiet();
    await demo?.close();
    await site?.close();
  });

  /** Starts one of the sites, and a phone system that asks it. */
  async function start(answer: Answer): Promise<{ demo: Demo; site: Site }> {
    site = await startSite(answer, { port: 0 });
    demo = await startDemo({
      apiExtensions: [{ id: '9999', name: 'Example', incomingCallUrl: `${site.address}/` }],
      httpApi: {
        allowedAddresses: ['loopback'],
        allowTargets: ['loopback'],
        notifications: { routingInterceptionUrl: `${site.address}/` },
      },
      email: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'Phone <phone@example.com>' },
    });
    return { demo, site };
  }

  async function openDesk({ url }: Demo, extension: string, tone: number): Promise<Desk> {
    const desk = await Desk.open(browser, { url, tone });
    desks.push(desk);
    await desk.signIn(extension);
    await desk.signedIn();
    return desk;
  }

  const press = async (desk: Desk, keys: string) => {
    for (const key of keys) await desk.press(key);
  };

  it('PIN menu: a wrong one is asked for again, the right one connects', async () => {
    const running = await start(pinMenu);
    const front = await openDesk(running.demo, '1001', FRONT_DESK);
    const sales = await openDesk(running.demo, '1002', SALES);
    await sales.dial('9999');
    await hearsMusic(sales.page, [FRONT_DESK]);
    await sales.press('Keypad');
    await press(sales, '1111');
    await hearsMusic(sales.page, [FRONT_DESK]);
    await press(sales, '2468');
    await front.press('Accept');
    await Promise.all([hears(sales.page, FRONT_DESK), hears(front.page, SALES)]);
  });

  it('appointment reminder: says it again on 2, is confirmed by 1', async () => {
    const confirmed: string[] = [];
    let said = 0;
    const answer = reminder((who) => confirmed.push(who));
    const running = await start((fields, url, address) => {
      if (fields.NotificationName === 'CallConnected' || url.pathname === '/again') said += 1;
      return answer(fields, url, address);
    });
    const front = await openDesk(running.demo, '1001', FRONT_DESK);
    const reply = await remind(
      running.demo.apiUrl,
      running.site.address,
      '1001',
      'Anna & Ben',
      'ten o’clock',
    );
    assert.match(reply, /<Code>200<\/Code>/);
    await front.shows('ozeki-call', 'Reminder');
    await front.press('Accept');
    await hearsMusic(front.page, [FRONT_DESK]);
    await front.press('Keypad');
    await press(front, '2');
    await hearsMusic(front.page, [FRONT_DESK]);
    await press(front, '1');
    await front.shows('ozeki-call', 'The other side hung up.');
    assert.deepEqual(confirmed, ['Anna & Ben']);
    assert.equal(said, 2);
  });

  it('voicemail: the message is recorded, and its owner told by e-mail', async () => {
    const running = await start(voicemail('owner@example.com'));
    const front = await openDesk(running.demo, '1001', FRONT_DESK);
    await front.dial('9999');
    // First it speaks; then there is silence, in which the caller speaks.
    await hearsMusic(front.page, [FRONT_DESK]);
    await staysSilent(front.page);
    await front.press('Keypad');
    await press(front, '#');
    const received = await mail.mail();
    const { headers, body } = readMail(received.raw);
    assert.equal(headers.get('subject'), 'Message from 1001');
    assert.deepEqual(received.to, ['owner@example.com']);
    const [url] = /http:\/\/\S+\.mp3/.exec(body.replace(/=\r\n/g, '')) ?? [];
    assert.ok(url, body);
    const message = await heardIn(url);
    assert.ok(message.level(FRONT_DESK) > -30, 'the caller’s tone is in the message');
    await front.shows('ozeki-call', 'The other side hung up.');
  });

  it('routing chain: the front desk, then sales, then support', async () => {
    const running = await start(routingChain);
    const front = await openDesk(running.demo, '1001', FRONT_DESK);
    const sales = await openDesk(running.demo, '1002', SALES);
    const support = await openDesk(running.demo, '1003', SUPPORT);
    const boss = await openDesk(running.demo, '1004', 1000);
    await boss.dial('500');
    await front.offers('Accept');
    // The front desk does not answer for its five seconds; sales declines at once.
    await sales.press('Reject');
    await support.press('Accept');
    await Promise.all([hears(boss.page, SUPPORT), hears(support.page, 1000)]);
    await front.shows('ozeki-call', 'Nobody answered.');
  });
});
