/** What the script of the JavaScript API gives to a page's functions: how many arguments, which, and in what form. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type * as Api from '../../src/api/index.js';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import type { Desk } from '../support/desk.js';
import { Gallery } from '../support/gallery.js';

/** What the script defines, for functions that run in a page. */
declare const OzWebClient: Api.OzWebClient;
declare const Call: typeof Api.Call;
declare const Session: typeof Api.Session;
declare const Extension: typeof Api.Extension;
declare const User: typeof Api.User;
declare global {
  interface Window {
    told?: Record<string, unknown[][]>;
    note(event: string): (...args: unknown[]) => void;
    call: Api.Call;
  }
}

/**
 * Runs in the page: notes the arguments of every event, with the names of classes in place of their objects.
 * `late` registers for all but the first event only when access is granted.
 */
function listen(late: boolean): void {
  const told: Record<string, unknown[][]> = (window.told = {});
  const described = (value: unknown) => {
    for (const [name, type] of Object.entries({ Call, Session, Extension, User })) {
      if (value instanceof (type as unknown as new () => unknown)) return name;
    }
    return value instanceof Error ? { ...value } : value;
  };
  window.note =
    (event) =>
    (...args) => {
      (told[event] ??= []).push(args.map(described));
    };
  OzWebClient.onConnectionStateChanged(window.note('onConnectionStateChanged'));
  const register = () => {
    for (const event of [
      'onClientStateChanged',
      'onErrorOccured',
      'onExtensionInfoReceived',
      'onUserInfoReceived',
      'onSessionClosed',
      'onCallHistoryInfoReceived',
      'onWebphoneStateReceived',
      'onSessionCreated',
      'onIncomingCall',
    ] as const) {
      OzWebClient[event](window.note(event));
    }
    OzWebClient.onExtensionInfoReceived((extension) =>
      extension.onExtensionStatusChanged(window.note('onExtensionStatusChanged')),
    );
    OzWebClient.onSessionCreated((session) =>
      session.onSessionStateChanged(window.note('onSessionStateChanged')),
    );
    OzWebClient.onIncomingCall((call) => {
      window.call = call;
      call.onCallStateChanged(window.note('onCallStateChanged'));
      call.onMessageReceived(window.note('onMessageReceived'));
      call.accept();
    });
  };
  if (!late) register();
  else {
    OzWebClient.onConnectionStateChanged(({ State }) => {
      if (State === 'ACCESS_GRANTED') register();
    });
  }
}

describe('events of the JavaScript API', () => {
  let demo: Demo;
  let browser: Browser;
  let gallery: Gallery;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
    gallery = new Gallery(browser, demo.url);
  });
  afterEach(async () => {
    await gallery.close();
    await demo.quiet();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  /** A page that writes down what it is told from before it connects. */
  async function listener(
    extension: string,
    properties: Record<string, unknown> = {},
    late = false,
  ): Promise<Desk> {
    const desk = await gallery.open({ page: 'connect' });
    await desk.page.evaluate(listen, late);
    await desk.page.evaluate(
      (number, shared) =>
        OzWebClient.connect(location.hostname, number, { Password: `demo-${number}`, ...shared }),
      extension,
      properties,
    );
    await desk.shows('#connection', 'ACCESS_GRANTED');
    return desk;
  }

  /** What a page was told of an event, once it was told so often. */
  async function told({ page }: Desk, event: string, times = 1): Promise<unknown[][]> {
    await page.waitForFunction(
      (name, least) => (window.told?.[name]?.length ?? 0) >= least,
      {},
      event,
      times,
    );
    return page.evaluate((name) => window.told![name]!, event);
  }

  it('have the documented arguments', async () => {
    const boss = await listener('1004');
    const ben = await listener('1002', { nickname: 'Ben', phoneNumber: 'mine', avatar: 'ben.png' });
    const anna = await listener('1001');

    assert.deepEqual(await told(boss, 'onConnectionStateChanged'), [
      [{ State: 'ACCESS_GRANTED', Reason: '' }],
    ]);
    assert.deepEqual((await told(boss, 'onClientStateChanged', 2))[0], [
      { nickname: 'Ben', avatar: 'ben.png', phoneNumber: '1002', status: 'ONLINE' },
    ]);
    assert.deepEqual(await told(boss, 'onUserInfoReceived', 4), Array(4).fill(['User']));
    assert.deepEqual(await told(boss, 'onExtensionInfoReceived', 7), Array(7).fill(['Extension']));
    assert.deepEqual((await told(boss, 'onExtensionStatusChanged'))[0], ['Extension', 'idle']);

    await anna.page.evaluate(() => {
      window.call = OzWebClient.createCall('1002');
      window.call.onCallStateChanged(window.note('onCallStateChanged'));
      window.call.start();
    });
    assert.deepEqual(await told(anna, 'onCallStateChanged', 3), [['RINGING'], ['ANSWERED'], ['IN_CALL']]);
    assert.deepEqual(await told(ben, 'onIncomingCall'), [['Call']]);
    await told(ben, 'onCallStateChanged', 2);
    await anna.page.evaluate(() => window.call.sendMessage('Good morning'));
    const [[text, info, ...more]] = (await told(ben, 'onMessageReceived')) as [[string, Api.MessageInfo]];
    assert.deepEqual([text, info.from, more], ['Good morning', '1001', []]);
    assert.deepEqual(Object.keys(info).toSorted(), ['at', 'from', 'id']);

    await ben.page.evaluate(() => window.call.hangUp());
    assert.deepEqual(await told(anna, 'onCallStateChanged', 4), [
      ['RINGING'],
      ['ANSWERED'],
      ['IN_CALL'],
      ['COMPLETED'],
    ]);
    assert.deepEqual(await told(boss, 'onSessionClosed'), [['Session']]);
    assert.deepEqual(await told(boss, 'onSessionCreated'), [['Session']]);
    assert.deepEqual(await told(boss, 'onSessionStateChanged'), [
      ['Session', 'Ringing'],
      ['Session', 'InCall'],
      ['Session', 'CalleeHungUp'],
    ]);

    await anna.page.evaluate(() => OzWebClient.getCallHistory({ RowsPerPage: 1, Direction: 'Internal' }));
    const [[history]] = (await told(anna, 'onCallHistoryInfoReceived')) as [[Api.CallHistoryInfo]];
    assert.equal(history.NumberOfCalls, 1);
    assert.deepEqual(
      history.Calls.map(({ Source, Destination, State }) => [Source, Destination, State]),
      [['1001', '1002', 'CalleeHungUp']],
    );

    await anna.page.evaluate(() =>
      OzWebClient.checkWebphoneState(location.hostname, '1003', window.note('checkWebphoneState')),
    );
    assert.deepEqual(await told(anna, 'checkWebphoneState'), [[{ webphoneId: '1003', State: 'OFFLINE' }]]);
    assert.deepEqual(await told(anna, 'onWebphoneStateReceived'), [
      [{ webphoneId: '1003', State: 'OFFLINE' }],
    ]);

    await anna.page.evaluate(() => OzWebClient.setupCall('1002', '1004'));
    const [[error]] = (await told(anna, 'onErrorOccured')) as [[Api.OzError]];
    assert.deepEqual([error.code, error.reason, error.method], [306, 'forbidden', 'setupCall']);
    for (const desk of [boss, ben]) {
      assert.equal(await desk.page.evaluate(() => window.told!.onErrorOccured), undefined);
    }
  });

  it('come to functions that are registered only when access is granted', async () => {
    const ben = await listener('1002');
    const anna = await listener('1001');
    await anna.page.evaluate(() => OzWebClient.createCall('1002').start());
    await told(ben, 'onIncomingCall');
    const boss = await listener('1004', {}, true);
    assert.deepEqual(await told(boss, 'onSessionCreated'), [['Session']]);
    assert.deepEqual(await told(boss, 'onUserInfoReceived', 4), Array(4).fill(['User']));
    assert.deepEqual(await told(boss, 'onExtensionInfoReceived', 7), Array(7).fill(['Extension']));
    await told(boss, 'onClientStateChanged', 2);
  });
});
