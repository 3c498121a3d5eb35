/** Asking and telling: answers, time-outs, retries, order and bounds. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import {
  callChanged,
  createNotificationSender,
  incomingCall,
  NOTIFICATION_DEFAULTS,
  NotificationError,
} from '../../../src/pbx/notifications/index.js';
import type {
  Delivery,
  NotificationErrorKind,
  NotificationSender,
  NotificationSettings,
} from '../../../src/pbx/notifications/index.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { start, startSite } from '../web-client/site.js';
import { keptLog } from './log.js';

const trusted = (url: string) => ({ url, trusted: true });
const CALL = incomingCall({ callLegId: '3CiHe', caller: '500', apiExtension: '9999' });
const changed = (callId: string) =>
  callChanged({ callState: 'Ringing', callId, caller: '103', callerId: '103', callee: '101' });

function setUp(changes: Partial<NotificationSettings> = {}, random = () => 0.5) {
  const log = keptLog();
  const clock = new FakeClock();
  const settings = { current: { ...NOTIFICATION_DEFAULTS, ...changes } as NotificationSettings };
  const deliveries: Delivery[] = [];
  const sender = createNotificationSender({
    settings: () => settings.current,
    log,
    clock,
    random,
    observe: (delivery) => deliveries.push(delivery),
  });
  return { sender, log, clock, settings, deliveries };
}

async function fails(kind: NotificationErrorKind, work: Promise<unknown>): Promise<NotificationError> {
  const error: unknown = await work.then(
    () => assert.fail('there was an answer'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof NotificationError, String(error));
  assert.equal(error.kind, kind, error.message);
  return error;
}

/** Waits for work that is on its way to get as far as it gets without time passing. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('asking', () => {
  it('brings the answer as text', async () => {
    const { sender, deliveries } = setUp();
    const site = await startSite((response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=iso-8859-1' });
      response.end(Buffer.from('<Response><Speak>Gr\xfc\xdfe</Speak></Response>', 'latin1'));
    });
    assert.equal(
      await sender.ask(trusted(`${site.url}/in?key=1`), CALL),
      '<Response><Speak>Grüße</Speak></Response>',
    );
    assert.equal(
      site.received[0]?.body,
      'NotificationName=IncomingCall&CallLegID=3CiHe&Caller=500&ApiExtension=9999',
    );
    const [{ url, at, ms, outcome, notification }] = deliveries as [Delivery];
    assert.deepEqual([url, at, notification], [`${site.url}/in`, 1_700_000_000_000, CALL]);
    assert.ok(
      ms >= 0 && outcome.kind === 'answered' && outcome.status === 200 && outcome.reply.includes('Grüße'),
    );
  });

  it('is done once, and fails with what is in the log', async () => {
    const { sender, log, deliveries } = setUp();
    const site = await startSite((response) => response.writeHead(503).end());
    const error = await fails('status', sender.ask(trusted(`${site.url}/in?key=secret`), CALL));
    assert.deepEqual([error.status, error.message], [503, `${site.url}/in answers HTTP 503.`]);
    assert.equal(site.received.length, 1);
    assert.deepEqual(log.lines, [
      {
        level: 'warn',
        details: { notification: 'IncomingCall', kind: 'status' },
        message: `A notification failed: ${site.url}/in answers HTTP 503.`,
      },
    ]);
    assert.ok(deliveries[0]?.outcome.kind === 'failed' && deliveries[0].outcome.error === error);
  });

  it('ends in time, and the time can be changed', async () => {
    const { sender, settings } = setUp({ timeoutMs: 50 });
    const port = await start(createServer(() => {}));
    const target = trusted(`http://127.0.0.1:${port}/`);
    assert.match((await fails('timeout', sender.ask(target, CALL))).message, /within 0\.05 seconds/);
    settings.current = { ...settings.current, timeoutMs: 100 };
    assert.match((await fails('timeout', sender.ask(target, CALL))).message, /within 0\.1 seconds/);
  });

  it('keeps no more of an answer than it may', async () => {
    const { sender } = setUp({ maxAnswerBytes: 1000 });
    const site = await startSite((response, { path }) => response.end('x'.repeat(Number(path.slice(1)))));
    assert.equal((await sender.ask(trusted(`${site.url}/1000`), CALL)).length, 1000);
    await fails('too-large', sender.ask(trusted(`${site.url}/1001`), CALL));
    const strange = await startSite((response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=klingon' }).end('x');
    });
    await fails('unreadable', sender.ask(trusted(strange.url), CALL));
  });

  it('can be given up, which is not worth a line', async () => {
    const { sender, log } = setUp();
    const controller = new AbortController();
    const site = await startSite(() => controller.abort());
    await fails('aborted', sender.ask(trusted(site.url), CALL, { signal: controller.signal }));
    assert.deepEqual(log.lines, []);
  });

  it('goes only where it may', async () => {
    const { sender, settings } = setUp();
    const site = await startSite((response) => response.end('Hello'));
    const target = { url: site.url, trusted: false };
    await fails('refused-target', sender.ask(target, CALL));
    await fails('refused-target', sender.tell(target, CALL));
    await fails('refused-target', sender.ask({ url: 'menu.php', trusted: true }, CALL));
    settings.current = { ...settings.current, allowTargets: ['loopback'] };
    assert.equal(await sender.ask(target, CALL), 'Hello');
    assert.equal(site.received.length, 1);
  });

  it('is done for many at once, and refused for too many', async () => {
    const { sender } = setUp();
    const held: (() => void)[] = [];
    const site = await startSite((response) => held.push(() => response.end('now')));
    const asked = Array.from({ length: 100 }, () => sender.ask(trusted(site.url), CALL));
    await fails('busy', sender.ask(trusted(site.url), CALL));
    await until(() => held.length === 100);
    const other = await startSite((response) => response.end('other'));
    assert.equal(await sender.ask(trusted(other.url), CALL), 'other');
    for (const answer of held) answer();
    assert.deepEqual(new Set(await Promise.all(asked)), new Set(['now']));
  });
});

describe('telling', () => {
  it('brings the answer as text', async () => {
    const { sender } = setUp();
    const site = await startSite((response) => response.end('<Response/>'));
    assert.equal(await sender.tell(trusted(site.url), CALL), '<Response/>');
  });

  it('is tried again, later each time, until it is given up', async () => {
    const { sender, clock, log } = setUp({ retries: 3 }, () => 1);
    const site = await startSite((response) => response.writeHead(500).end());
    const told = fails('status', sender.tell(trusted(site.url), CALL));
    for (const ms of [1000, 2000, 4000]) {
      await until(() => clock.pending === 1);
      const before = site.received.length;
      clock.pass(ms - 1);
      assert.equal(clock.pending, 1);
      clock.pass(1);
      await until(() => site.received.length === before + 1);
    }
    await told;
    assert.equal(site.received.length, 4);
    assert.equal(log.lines.length, 1);
  });

  it('is not tried again at the same moment by all', async () => {
    const delays: number[] = [];
    for (const random of [0, 0.5, 1]) {
      const { sender, clock } = setUp({ retries: 1 }, () => random);
      const site = await startSite((response) => response.writeHead(500).end());
      const told = fails('status', sender.tell(trusted(site.url), CALL));
      await until(() => clock.pending === 1);
      const before = clock.now();
      while (clock.pending > 0) clock.pass(1);
      delays.push(clock.now() - before);
      await told;
    }
    assert.deepEqual(delays, [500, 750, 1000]);
  });

  it('is tried again when that may help, and only then', async () => {
    for (const [status, attempts] of [
      [500, 2],
      [502, 2],
      [429, 2],
      [400, 1],
      [401, 1],
      [404, 1],
      [410, 1],
    ] as const) {
      const { sender, clock } = setUp({ retries: 1 });
      const site = await startSite((response) => response.writeHead(status).end());
      const told = fails('status', sender.tell(trusted(site.url), CALL));
      if (attempts > 1) {
        await until(() => clock.pending === 1);
        clock.pass(1000);
      }
      await told;
      assert.equal(site.received.length, attempts, String(status));
    }
    for (const [kind, answers] of [
      ['unreachable', (socket: { destroy(): void }) => socket.destroy()],
      ['timeout', () => {}],
    ] as const) {
      let attempts = 0;
      const { sender, clock } = setUp({ retries: 1, timeoutMs: 50 });
      const port = await start(
        createServer((socket) => {
          attempts += 1;
          answers(socket);
        }),
      );
      const told = fails(kind, sender.tell(trusted(`http://127.0.0.1:${port}`), CALL));
      await until(() => clock.pending === 1);
      clock.pass(1000);
      await told;
      await until(() => attempts > 1);
      assert.equal(attempts, 2, kind);
    }
    const { sender, clock } = setUp();
    const strange = await startSite((response) => response.writeHead(302).end());
    await fails('redirects', sender.tell(trusted(strange.url), CALL));
    assert.deepEqual([strange.received.length, clock.pending], [1, 0]);
  });

  it('waits as long as the site asks for, within bounds', async () => {
    for (const [asked, waited] of [
      ['7', 7000],
      ['86400', 60_000],
      ['0', 750],
    ] as const) {
      const { sender, clock } = setUp({ retries: 1 });
      const site = await startSite((response) => {
        if (site.received.length > 1) response.end('now');
        else response.writeHead(429, { 'Retry-After': asked }).end();
      });
      const told = sender.tell(trusted(site.url), CALL);
      await until(() => clock.pending === 1);
      clock.pass(waited - 1);
      assert.equal(clock.pending, 1, asked);
      clock.pass(1);
      assert.equal(await told, 'now');
    }
  });

  it('keeps the order for one address, whatever is tried again', async () => {
    const { sender, clock } = setUp();
    let failures = 2;
    const site = await startSite((response) => {
      failures -= 1;
      response.writeHead(failures >= 0 ? 500 : 200).end();
    });
    const ids = Array.from({ length: 10 }, (_, index) => `call-${index}`);
    const told = Promise.all(ids.map((id) => sender.tell(trusted(site.url), changed(id))));
    for (const ms of [1000, 2000]) {
      await until(() => clock.pending === 1);
      clock.pass(ms);
    }
    await told;
    const got = site.received.map(({ body }) => new URLSearchParams(body).get('CallId'));
    assert.deepEqual(got, ['call-0', 'call-0', ...ids]);
  });

  it('goes on with the next when one is given up', async () => {
    const { sender } = setUp({ retries: 0 });
    const site = await startSite((response, { body }) => {
      response.writeHead(body.includes('bad') ? 500 : 200).end('taken');
    });
    const [bad, good] = await Promise.allSettled([
      sender.tell(trusted(site.url), changed('bad')),
      sender.tell(trusted(site.url), changed('good')),
    ]);
    assert.equal(bad.status, 'rejected');
    assert.deepEqual(good, { status: 'fulfilled', value: 'taken' });
  });

  it('to one address does not wait for another, nor one site for another', async () => {
    const { sender } = setUp();
    const held: (() => void)[] = [];
    const site = await startSite((response, { path }) => {
      if (path === '/slow') held.push(() => response.end('slow'));
      else response.end('quick');
    });
    const other = await startSite((response) => response.end('other'));
    const slow = [1, 2, 3].map((id) => sender.tell(trusted(`${site.url}/slow`), changed(String(id))));
    assert.equal(await sender.tell(trusted(`${site.url}/quick`), CALL), 'quick');
    assert.equal(await sender.ask(trusted(`${site.url}/quick`), CALL), 'quick');
    assert.equal(await sender.tell(trusted(other.url), CALL), 'other');
    for (let count = 1; count <= slow.length; count += 1) {
      await until(() => held.length === count);
      held.at(-1)!();
      assert.equal(await slow[count - 1], 'slow');
    }
  });

  it('opens few connections to one site, and keeps few notifications for it', async () => {
    const { sender, log } = setUp();
    const held: (() => void)[] = [];
    let open = 0;
    let most = 0;
    const site = await startSite((response) => {
      most = Math.max(most, (open += 1));
      held.push(() => {
        open -= 1;
        response.end();
      });
    });
    const told = Array.from({ length: 200 }, (_, index) =>
      sender.tell(trusted(`${site.url}/${index}`), CALL),
    );
    const { message } = await fails('busy', sender.tell(trusted(`${site.url}/more?key=1`), CALL));
    assert.equal(message, `Too many notifications wait for ${site.url}/more already.`);
    assert.equal(log.lines.length, 1);
    await until(() => held.length === 4);
    for (let answered = 0; answered < told.length; answered += 1) {
      await until(() => held.length > 0);
      held.shift()!();
    }
    await Promise.all(told);
    assert.equal(most, 4);
    const last = sender.tell(trusted(site.url), CALL);
    await until(() => held.length > 0);
    held.shift()!();
    assert.equal(await last, '');
  });

  it('keeps few notifications for all sites together', async () => {
    const { sender, clock } = setUp();
    const sites = await Promise.all(Array.from({ length: 11 }, () => startSite(() => {})));
    const told = sites.flatMap(({ url }) =>
      Array.from({ length: 200 }, () =>
        sender.tell(trusted(url), CALL).then(
          () => assert.fail('there was an answer'),
          (error: unknown) => (error as NotificationError).kind,
        ),
      ),
    );
    assert.deepEqual(new Set(await Promise.all(told.slice(2000))), new Set(['busy']));
    await until(() => sites.filter(({ received }) => received.length === 1).length === 10);
    const closed = sender.close();
    clock.pass(2000);
    await closed;
    assert.deepEqual(new Set(await Promise.all(told)), new Set(['busy', 'closed']));
  });
});

describe('a sender that stops', () => {
  async function closing(sender: NotificationSender) {
    let done = false;
    const closed = sender.close().then(() => (done = true));
    await fails('closed', sender.ask(trusted('http://127.0.0.1:1/'), CALL));
    await fails('closed', sender.tell(trusted('http://127.0.0.1:1/'), CALL));
    assert.equal(done, false);
    return closed;
  }

  it('lets out what is on its way', async () => {
    const { sender } = setUp();
    const held: (() => void)[] = [];
    const site = await startSite((response) => held.push(() => response.end('taken')));
    const told = [sender.tell(trusted(site.url), changed('1')), sender.tell(trusted(site.url), changed('2'))];
    const asked = sender.ask(trusted(site.url), CALL);
    await until(() => held.length === 2);
    const closed = closing(sender);
    for (let count = 0; count < 3; count += 1) {
      await until(() => held.length > 0);
      held.shift()!();
    }
    assert.deepEqual(await Promise.all([...told, asked]), ['taken', 'taken', 'taken']);
    await closed;
  });

  it('waits for nothing that does not come, and tries nothing again', async () => {
    const { sender, clock, log } = setUp();
    const broken = await startSite((response) => response.writeHead(500).end());
    const silent = await startSite(() => {});
    const told = [
      fails('closed', sender.tell(trusted(broken.url), changed('1'))),
      fails('closed', sender.tell(trusted(silent.url), changed('2'))),
      fails('closed', sender.tell(trusted(silent.url), changed('3'))),
      fails('closed', sender.ask(trusted(silent.url), CALL)),
    ];
    await until(() => clock.pending === 1 && silent.received.length === 2);
    const closed = closing(sender);
    await until(() => clock.pending === 1);
    clock.pass(2000);
    await closed;
    const [, { message }] = (await Promise.all(told)) as [NotificationError, NotificationError];
    assert.equal(message, `The phone system stops; nothing more is sent to ${silent.url}/.`);
    assert.equal(broken.received.length, 1);
    assert.equal(clock.pending, 0);
    assert.ok(log.lines.length >= 4);
  });

  it('that has nothing to do stops at once', async () => {
    const { sender, clock } = setUp();
    await sender.close();
    await sender.close();
    assert.equal(clock.pending, 0);
  });
});
