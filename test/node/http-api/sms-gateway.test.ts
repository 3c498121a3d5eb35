/** What an SMS gateway brings to the HTTP API. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem, SettingsInput } from '../../../src/pbx/index.js';
import { WebSite } from '../../support/web-site.js';
import { Client } from '../gateway/client.js';

const TOKEN = 'gateway-token-0123456789';
const ports = { port: 0, gatewayPort: 0, apiPort: 0 };
const settings: SettingsInput = {
  ...{ ...demoSettings(), ...ports, logLevel: 'silent' },
  // The gateway is none of those that may use the API.
  httpApi: { allowedAddresses: ['192.0.2.1'] },
  sms: {
    ...{ type: 'http', url: 'http://127.0.0.1:9/', incomingToken: TOKEN },
    fields: { sender: 'from', recipient: 'to', message: 'body', id: 'ref', delivered: 'state' },
  },
};

let system: RunningPhoneSystem;
before(async () => {
  system = await startPhoneSystem(settings);
});
after(() => system.close());

async function post(
  path: string,
  fields: Record<string, unknown> | string,
  { form = false, headers = {} }: { form?: boolean; headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string }> {
  const body =
    typeof fields === 'string'
      ? fields
      : form
        ? new URLSearchParams(fields as Record<string, string>).toString()
        : JSON.stringify(fields);
  const response = await fetch(`${system.apiUrl}/SmsGateway/${path}`, {
    ...{ method: 'POST', body },
    headers: { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json', ...headers },
  });
  return { status: response.status, text: await response.text() };
}

const bearer = { authorization: `Bearer ${TOKEN}` };
const SMS = { ref: 'gw-1', from: '+36201234567', to: '1001', body: 'Hello & more' };

describe('a message the gateway brings', () => {
  it('reaches its extension, as JSON and as a form, the token wherever the gateway can put it', async () => {
    const desk = await Client.connect(system.gatewayUrl);
    await desk.open('1001');
    const { status } = await post('message', SMS, { headers: bearer });
    assert.equal(status, 204);
    const { at: _at, ...told } = await desk.event('message');
    assert.deepEqual(told, {
      ...{ id: 'gw-1', from: { number: SMS.from, name: '' }, to: '1001', text: SMS.body },
    });
    assert.equal((await post('message', { ...SMS, token: TOKEN }, { form: true })).status, 204);
    assert.equal((await post(`message?token=${TOKEN}`, SMS)).status, 204);
    await desk.until(() => desk.told('message').length === 3);
    await desk.close();
  });

  it('is not lost when nobody takes it: the gateway brings it again', async () => {
    const { status, text } = await post('message', { ...SMS, to: '1002' }, { headers: bearer });
    assert.deepEqual([status, text], [503, 'Nobody takes it at the moment.\n']);
  });

  it('is refused when it is for nobody, is none, or is not the gateway’s', async () => {
    for (const [fields, options, status, words] of [
      [{ ...SMS, to: '+3699' }, { headers: bearer }, 404, /nobody who takes messages/],
      [{ ...SMS, to: undefined }, { headers: bearer }, 400, /"to" is missing/],
      [{ ...SMS, from: 'a b' }, { headers: bearer }, 400, /"from"/],
      [{ ...SMS, body: '' }, { headers: bearer }, 400, /"body"/],
      [{ ...SMS, body: { text: 'x' } }, { headers: bearer }, 400, /"body"/],
      [{ ...SMS, ref: 'x'.repeat(257) }, { headers: bearer }, 400, /"ref"/],
      [SMS, {}, 401, /token is missing or wrong/],
      [SMS, { headers: { authorization: 'Bearer wrong' } }, 401, /token/],
      ['[1]', { headers: bearer }, 415, /JSON object or a form/],
      ['{', { headers: bearer }, 415, /JSON object or a form/],
      [SMS, { headers: { ...bearer, 'content-type': 'text/plain' } }, 415, /JSON object or a form/],
    ] as const) {
      const answer = await post('message', fields as string, options);
      assert.equal(answer.status, status, JSON.stringify(fields));
      assert.match(answer.text, words);
    }
    const long = await post('message', { ...SMS, body: 'x'.repeat(70_000) }, { headers: bearer });
    assert.equal(long.status, 413);
  });
});

describe('a report the gateway brings', () => {
  it('is told, whatever word the gateway has for it', async () => {
    const gateway = await WebSite.start();
    system.reconfigure({ ...settings, sms: { ...settings.sms!, url: `${gateway.url}/` } });
    const { messages } = system.phoneSystem;
    const reported: unknown[] = [];
    const stop = messages.onReport(({ id, delivered }) => reported.push([id, delivered]));
    for (const [id, state, delivered] of [
      ['m1', true, true],
      ['m2', 'DELIVRD', true],
      ['m3', 1, true],
      ['m4', 'expired', false],
      ['m5', false, false],
    ] as const) {
      const reportTo = { apiExtension: '9999', url: 'http://site.example/' };
      await messages.send({ id, sender: '9999', recipient: '+36201234567', text: 'Hello', reportTo });
      assert.equal((await post('report', { ref: id, state }, { headers: bearer })).status, 204);
      assert.deepEqual(reported.at(-1), [id, delivered]);
    }
    stop();
    await gateway.close();
    system.reconfigure(settings);
  });

  it('is refused when it is none, or is not the gateway’s', async () => {
    const status = async (fields: object, headers: Record<string, string> = bearer) =>
      (await post('report', fields as Record<string, unknown>, { headers })).status;
    assert.equal(await status({ ref: 'unknown', state: 'true' }), 204, 'a gateway may report twice');
    assert.equal(await status({ ref: 'x' }), 400);
    assert.equal(await status({ state: true }), 400);
    assert.equal(await status({ ref: 'x', state: 'true' }, {}), 401);
  });
});

describe('without a token in the configuration', () => {
  it('nothing is taken', async () => {
    const { incomingToken: _token, ...sms } = settings.sms!;
    system.reconfigure({ ...settings, sms });
    for (const headers of [bearer, { authorization: 'Bearer undefined' }, {}]) {
      const { status, text } = await post('message', SMS, { headers: headers as Record<string, string> });
      assert.equal(status, 404);
      assert.match(text, /sms\.incomingToken/);
    }
    system.reconfigure(settings);
  });
});
