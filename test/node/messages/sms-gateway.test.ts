/** Messages that leave the phone system by an SMS gateway, and what the gateway brings. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { MessageError } from '../../../src/pbx/messages/index.js';
import type { SmsReport } from '../../../src/pbx/messages/index.js';
import { WebSite } from '../../support/web-site.js';
import { startHouse } from '../gateway/client.js';
import type { Client, House } from '../gateway/client.js';

const TO_SITE = { apiExtension: '9999', url: 'https://site.example/report' };

let gateway: WebSite;
let house: House;
let front: Client;

beforeEach(async () => {
  gateway = await WebSite.start();
});
afterEach(async () => {
  await front.close();
  await house.close();
  await gateway.close();
});

async function start(sms: object = {}): Promise<void> {
  house = await startHouse({
    apiExtensions: [{ id: '9999', name: 'Script' }],
    dialPlan: { rules: [{ pattern: '+3612345', to: '9999' }] },
    sms: { type: 'http', url: `${gateway.url}/send?account=7`, ...sms },
  });
  front = await house.connect();
  await front.open('1001');
}

const failsAs = (problem: string) => (error: unknown) =>
  error instanceof MessageError && error.problem === problem;

const outgoing = (recipient = '+36201234567') => ({
  id: randomUUID(),
  sender: '9999',
  recipient,
  text: 'Árvíz & tükör\n"fúró"',
});

describe('a message to a number outside', () => {
  it('is posted as JSON, under the names and with the headers of the configuration', async () => {
    await start({
      headers: { Authorization: 'Bearer abc' },
      fields: { id: 'ref', sender: 'from', recipient: 'to', message: 'body' },
    });
    const { id, ...sms } = outgoing();
    await house.system.messages.send({ id, ...sms });
    const { method, path, headers, body } = await gateway.request(1);
    assert.deepEqual([method, path], ['POST', '/send?account=7']);
    assert.deepEqual([headers['content-type'], headers.authorization], ['application/json', 'Bearer abc']);
    assert.deepEqual(JSON.parse(body), { ref: id, from: sms.sender, to: sms.recipient, body: sms.text });
  });

  it('is posted as a form', async () => {
    await start({ format: 'form' });
    const sms = outgoing();
    await house.system.messages.send(sms);
    const { headers, body } = await gateway.request(1);
    assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
    const { text: message, ...rest } = sms;
    assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), { ...rest, message });
  });

  it('is sent from a phone too, and its report is told there', async () => {
    await start();
    const { messageId } = await front.ask('message.send', { to: '+36201234567', text: 'Hello' });
    const { body } = await gateway.request(1);
    assert.deepEqual(JSON.parse(body), {
      ...{ id: messageId, sender: '1001', recipient: '+36201234567', message: 'Hello' },
    });
    house.system.messages.report(messageId, true);
    assert.deepEqual(await front.event('message.report'), { id: messageId, delivered: true });
  });

  it('is reported once, by our id or by the one the gateway gave it', async () => {
    await start();
    gateway.answer = (_request, response) => response.end('{"id": "gw-77"}');
    const reports: SmsReport[] = [];
    house.system.messages.onReport((report) => reports.push(report));
    const [one, other] = [outgoing(), outgoing()];
    await house.system.messages.send({ ...one, reportTo: TO_SITE });
    house.system.messages.report('gw-77', false);
    gateway.answer = (_request, response) => response.end('OK');
    await house.system.messages.send({ ...other, reportTo: TO_SITE });
    house.system.messages.report(other.id, true);
    for (const id of [other.id, one.id, 'gw-77', 'unknown']) house.system.messages.report(id, true);
    assert.deepEqual(reports, [
      { id: one.id, delivered: false, reportTo: TO_SITE },
      { id: other.id, delivered: true, reportTo: TO_SITE },
    ]);
  });

  it('that the gateway does not take fails, and says why', async () => {
    await start();
    for (const [status, problem] of [
      [404, 'destination-not-found'],
      [422, 'destination-not-found'],
      [401, 'unauthorized'],
      [403, 'unauthorized'],
      [400, 'refused'],
      [500, 'refused'],
      // It is not followed: what is sent may be a secret.
      [307, 'refused'],
    ] as const) {
      gateway.answer = (_request, response) => {
        response.writeHead(status, { location: `${gateway.url}/elsewhere` }).end();
      };
      await assert.rejects(house.system.messages.send(outgoing()), failsAs(problem), String(status));
    }
    assert.equal(gateway.posted.length, 7);
    const { reason, message } = await front.fails('message.send', { to: '+36201234567', text: 'x' });
    assert.deepEqual(
      [reason, message],
      ['wrong-state', 'The SMS gateway did not take the message (HTTP 307).'],
    );
  });

  it('to a gateway that breaks off, hangs or never ends fails', async () => {
    await start({ timeoutSeconds: 1 });
    gateway.answer = (_request, response) => response.destroy();
    await assert.rejects(house.system.messages.send(outgoing()), failsAs('unreachable'));
    gateway.answer = () => {};
    await assert.rejects(house.system.messages.send(outgoing()), /did not answer in time/);
    gateway.answer = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
    };
    // It has taken the message; what it says beyond what is read is not waited for.
    await house.system.messages.send(outgoing());
  });
});

describe('a message the gateway brings', () => {
  it('reaches the phones of an extension, which must be there', async () => {
    await start();
    const { messages } = house.system;
    const sms = { id: 'gw-1', sender: '+36201234567', recipient: '1001', text: 'Hello' };
    assert.equal(await messages.receive(sms), true);
    const { from, text } = await front.event('message');
    assert.deepEqual([from, text], [{ number: '+36201234567', name: '' }, 'Hello']);
    assert.equal(await messages.receive({ ...sms, recipient: '1002' }), false);
  });

  it('reaches an API extension by the dial plan', async () => {
    await start();
    const { messages } = house.system;
    const sms = { id: 'gw-1', sender: '+36201234567', recipient: '+3612345', text: 'Hello' };
    assert.equal(await messages.receive(sms), false, 'nobody takes it yet');
    messages.onIncoming((incoming) => {
      assert.deepEqual(incoming, { ...sms, apiExtension: '9999' });
      return Promise.resolve(true);
    });
    assert.equal(await messages.receive(sms), true);
  });

  it('for nobody here does not go out again', async () => {
    await start();
    const sms = { id: 'gw-1', sender: '+36201234567', recipient: '+36209999999', text: 'Hello' };
    await assert.rejects(house.system.messages.receive(sms), failsAs('destination-not-found'));
    assert.equal(gateway.posted.length, 0);
  });
});
