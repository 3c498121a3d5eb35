/** The exchange with real media and real browsers: who hears whom, by the tones they send. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { Exchange } from '../../../src/pbx/exchange/index.js';
import { systemClock } from '../../../src/pbx/clock.js';
import type { AnyEventName, Call, Privilege } from '../../../src/protocol/index.js';
import { createWeriftEngine, type WeriftEngine } from '../../../src/pbx/media/werift/index.js';
import { Registrar } from '../../../src/pbx/registrar/index.js';
import type { Contact } from '../../../src/pbx/registrar/index.js';
import { startBrowser } from '../../support/browser.js';
import { PeerPage, PeerSite, SILENT_LOG } from '../../support/peer-page.js';

const TONES: Record<string, number> = { '1001': 807, '1002': 1438, '1003': 1163, '1004': 440 };
const tone = (number: string) => TONES[number]!;

/** An extension with a browser for its phone. */
class Desk {
  /** The latest news of each call, in the order the calls came. */
  readonly calls = new Map<string, Call>();
  readonly contact: Contact;
  #told: (() => void)[] = [];

  constructor(
    readonly number: string,
    readonly page: PeerPage,
    private readonly exchange: Exchange,
    privileges: Privilege[],
  ) {
    const account = { id: number, name: number, kind: 'extension', type: 'Webphone' } as const;
    this.contact = {
      ...{ id: number, account, rings: null },
      identity: { number, name: number, kind: 'extension', privileges },
      tell: (event: AnyEventName, data: unknown) => {
        if (event !== 'call.changed') return;
        this.calls.set((data as Call).id, data as Call);
        for (const told of this.#told.splice(0)) told();
      },
    };
  }

  get call(): Call {
    return [...this.calls.values()].at(-1)!;
  }

  /** Resolves when the latest call is like that. */
  async until(condition: (call: Call) => boolean): Promise<void> {
    while (this.calls.size === 0 || !condition(this.call)) {
      await new Promise<void>((resolve) => this.#told.push(resolve));
    }
  }

  start(to: string): Promise<void> {
    const params = { callId: `${this.number}-to-${to}`, to, video: false };
    const request = async (offer: string) => {
      const { answer, proceed } = await this.exchange.start(this.contact, { ...params, offer });
      proceed();
      return answer;
    };
    return this.page.callBy(request, { tone: tone(this.number), audioOnly: true });
  }

  async accept(): Promise<void> {
    await this.until(({ state }) => state === 'ringing');
    const { id: callId } = this.call;
    const accept = async (offer: string) => {
      const { answer, proceed } = await this.exchange.accept(this.contact, { callId, offer, video: false });
      proceed();
      return answer;
    };
    await this.page.callBy(accept, { tone: tone(this.number), audioOnly: true });
  }

  listen(sessionId: string): Promise<void> {
    const params = { sessionId, callId: `${this.number}-listens` };
    const listen = (offer: string) => this.exchange.listen(this.contact, { ...params, offer });
    return this.page.callBy(listen, { tone: tone(this.number), audioOnly: true });
  }

  hears = (...others: Desk[]) => Promise.all(others.map(({ number }) => this.page.hears(tone(number))));
  hearsNot = (...others: Desk[]) => Promise.all(others.map(({ number }) => this.page.lost(tone(number))));
  hangUp = () => this.exchange.hangUp(this.contact, this.call.id);
}

describe('what is really heard', { timeout: 120_000 }, () => {
  let browser: Browser;
  let site: PeerSite;
  let engine: WeriftEngine;
  let exchange: Exchange;
  let registrar: Registrar;

  before(async () => {
    browser = await startBrowser();
    site = await PeerSite.start(browser);
    engine = await createWeriftEngine({ log: SILENT_LOG });
    registrar = new Registrar([]);
    exchange = new Exchange({
      ...{ media: engine, registrar, clock: systemClock, log: SILENT_LOG },
      directory: { extension: (id) => (Object.hasOwn(TONES, id) ? { id, name: id } : undefined) },
      dialPlan: { rules: [], ringSeconds: 60 },
      conferences: [{ id: '5000', name: 'Conference' }],
      records: { save: () => {} },
    });
  });

  after(async () => {
    await exchange.close();
    await engine.close();
    await site.close();
    await browser.close();
  });

  async function desk(number: string, privileges: Privilege[] = []): Promise<Desk> {
    const made = new Desk(number, await PeerPage.open(site, engine), exchange, privileges);
    registrar.add(made.contact);
    return made;
  }

  async function leave(...desks: Desk[]): Promise<void> {
    for (const each of desks) {
      registrar.remove(each.contact);
      exchange.contactGone(each.contact, 'hung-up');
      await each.page.close();
    }
    assert.deepEqual([exchange.legCount, exchange.sessionCount], [0, 0]);
  }

  it('in a conference of three each hears the others and not itself', async () => {
    const [one, two, three] = [await desk('1001'), await desk('1002'), await desk('1003')];
    for (const each of [one, two, three]) await each.start('5000');
    await Promise.all([
      one.hears(two, three),
      two.hears(one, three),
      three.hears(one, two),
      ...[one, two, three].map((each) => each.hearsNot(each)),
    ]);
    three.hangUp();
    await Promise.all([one.hearsNot(three), two.hearsNot(three), one.hears(two), two.hears(one)]);
    await leave(one, two, three);
  });

  it('who listens hears both parties unheard, on hold and after a transfer too; a digit reaches one party', async () => {
    const [one, two, three] = [await desk('1001'), await desk('1002'), await desk('1003')];
    const boss = await desk('1004', ['sessions.listen', 'sessions.modify']);
    await Promise.all([one.start('1002'), two.accept()]);
    await Promise.all([one.hears(two), two.hears(one)]);
    const { sessionId } = one.call;
    await boss.listen(sessionId);
    await boss.hears(one, two);
    await Promise.all([one.hearsNot(boss), two.hearsNot(boss)]);

    // 1 is 697 and 1209 Hz.
    const heard = Promise.all([one.page.hears(697), one.page.hears(1209)]);
    await Promise.all([exchange.thirdParty.sendDigits(boss.contact, sessionId, 'caller', '1'), heard]);
    assert.ok((await two.page.level(697)) < -70, 'the other party hears no digit');

    exchange.hold(one.contact, one.call.id, true);
    await two.hearsNot(one);
    await boss.hears(one, two);

    exchange.transfer(one.contact, one.call.id, '1003');
    await three.accept();
    await Promise.all([boss.hears(two, three), boss.hearsNot(one), two.hears(three), three.hears(two)]);
    assert.equal(boss.call.sessionId, two.call.sessionId);
    two.hangUp();
    assert.equal(boss.call.endReason, 'remote-hung-up');
    await leave(one, two, three, boss);
  });
});
