import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears, hearsMusic } from '../support/instrument.js';

const FRONT_DESK = 807;
const SALES = 1438;
const SUPPORT = 1163;
const TONES = [FRONT_DESK, SALES, SUPPORT];

describe('an office at work', () => {
  let demo: Demo;
  let browser: Browser;
  let desks: Desk[] = [];

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
  afterEach(async () => {
    for (const desk of desks) await desk.close();
    desks = [];
    await demo.quiet();
  });

  async function openDesk(extension: string, tone: number): Promise<Desk> {
    const desk = await Desk.open(browser, { url: demo.url, tone });
    desks.push(desk);
    await desk.signIn(extension);
    await desk.signedIn();
    return desk;
  }

  const inCall = (one: Desk, oneTone: number, other: Desk, otherTone: number) =>
    Promise.all([hears(one.page, otherTone), hears(other.page, oneTone)]);

  it('two phones of one extension ring; the one that answers has the call', async () => {
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    const second = await openDesk('1002', SUPPORT);
    await front.dial('1002');
    await Promise.all([sales.offers('Accept'), second.offers('Accept')]);
    await second.press('Accept');
    await sales.shows('ozeki-call', 'Answered on another device.');
    await inCall(front, FRONT_DESK, second, SUPPORT);
  });

  it('a colleague picks up what rings elsewhere', async () => {
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    const support = await openDesk('1003', SUPPORT);
    await front.dial('1002');
    await sales.offers('Accept');
    await support.press(/^Pick up.*1002|1002.*Pick up/i);
    await sales.shows('ozeki-call', 'Answered on another device.');
    await inCall(front, FRONT_DESK, support, SUPPORT);
  });

  it('a supervisor holds, resumes and ends the call of others', async () => {
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    const boss = await openDesk('1004', SUPPORT);
    await front.dial('1002');
    await sales.press('Accept');
    await inCall(front, FRONT_DESK, sales, SALES);
    await boss.shows('ozeki-session-list', /1001 Front desk.*1002 Sales.*In call/);
    await boss.press(/^Hold/);
    await Promise.all([hearsMusic(front.page, TONES), hearsMusic(sales.page, TONES)]);
    await boss.press(/^Resume/);
    await inCall(front, FRONT_DESK, sales, SALES);
    await boss.press(/^Close/);
    await front.shows('ozeki-call', 'Ended by the phone system.');
  });

  it('two write to each other; what is written is there again, also for who was away', async () => {
    const chat = async (desk: Desk, other: string) => {
      await desk.page.evaluate((number) => {
        const tag = document.createElement('ozeki-chat');
        tag.setAttribute('with', number);
        document.querySelector('ozeki-client')!.append(tag);
      }, other);
      return async (text: string) => {
        await desk.fill('Write a message', text);
        await desk.page.keyboard.press('Enter');
      };
    };
    const front = await openDesk('1001', FRONT_DESK);
    const write = await chat(front, '1002');
    await write('Are you there?');
    await front.shows('ozeki-chat', /Are you there\?.*Sent, waits for Sales/);

    const sales = await openDesk('1002', SALES);
    const answer = await chat(sales, '1001');
    await sales.shows('ozeki-chat', 'Are you there?');
    await front.shows('ozeki-chat', /Are you there\?.*Delivered/);
    await answer('Yes. <b>Now.</b>');
    await front.shows('ozeki-chat', 'Yes. <b>Now.</b>');
    await sales.shows('ozeki-chat', /Now.*Delivered/);

    const again = await openDesk('1001', FRONT_DESK);
    await chat(again, '1002');
    await again.shows('ozeki-chat', /Are you there\?.*Yes\. <b>Now\.<\/b>/);
  });

  it('nobody else sees or controls what is not theirs', async () => {
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    const support = await openDesk('1003', SUPPORT);
    await front.dial('1002');
    await sales.press('Accept');
    await inCall(front, FRONT_DESK, sales, SALES);
    await support.shows('ozeki-session-list', 'No sessions');
  });

  it('the client is moved about the page in a call, which goes on', async () => {
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    await front.dial('1002');
    await sales.press('Accept');
    await inCall(front, FRONT_DESK, sales, SALES);
    for (const way of ['append', 'moveBefore'] as const) {
      await front.page.evaluate((how) => {
        const client = document.querySelector('ozeki-client')!;
        const place = document.body.appendChild(document.createElement('section')) as HTMLElement & {
          moveBefore(node: Node, child: Node | null): void;
        };
        if (how === 'append') place.append(client);
        else place.moveBefore(client, null);
      }, way);
      await front.shows('ozeki-call', /Sales.*1002/);
      await inCall(front, FRONT_DESK, sales, SALES);
    }
    await front.press('Hang up');
    await sales.shows('ozeki-call', 'The other side hung up.');
  });
});
