/** SendSms and SendEmail, and access by rights and by header. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../../../src/pbx/accounts/index.js';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem, SettingsInput } from '../../../src/pbx/index.js';
import { MailServer, readMail } from '../../support/mail-server.js';
import { WebSite } from '../../support/web-site.js';
import { Client } from '../gateway/client.js';
import { send } from './api-client.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const ports = { port: 0, gatewayPort: 0, apiPort: 0 };
const demo: SettingsInput = { ...demoSettings(), ...ports, logLevel: 'silent' };

let system: RunningPhoneSystem;
let mail: MailServer;
let gateway: WebSite;

before(async () => {
  [mail, gateway] = [await MailServer.start(), await WebSite.start()];
  system = await startPhoneSystem({
    ...demo,
    email: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'Phone <pbx@example.com>' },
    sms: { type: 'http', url: `${gateway.url}/` },
  });
});
after(async () => {
  await system.close();
  await mail.close();
  await gateway.close();
});

describe('SendSms', () => {
  const SMS = { Command: 'SendSms', ApiExtension: '9999', Recipient: '1001', Message: 'Hello' };

  it('reaches the phones of an extension, and answers with the id', async () => {
    const desk = await Client.connect(system.gatewayUrl);
    await desk.open('1001');
    const message = 'Árvíztűrő & <b>tükör</b>\nfúrógép'.repeat(300);
    const { code, all } = await send(system, { ...SMS, Message: message }, { post: true });
    assert.equal(code, 200);
    const [id = ''] = all('SmsId');
    assert.match(id, UUID);
    const { at: _at, ...told } = await desk.event('message');
    assert.deepEqual(told, { id, from: { number: '9999', name: '' }, to: '1001', text: message });
    await desk.close();
  });

  it('takes its sender, and an API extension that is left out or NULL', async () => {
    const desk = await Client.connect(system.gatewayUrl);
    await desk.open('1001');
    for (const [count, more] of [
      { Sender: '1002' },
      { Sender: '+3612345', ApiExtension: 'NULL' },
      { ApiExtension: '' },
    ].entries()) {
      assert.equal((await send(system, { ...SMS, ...more } as Record<string, string>)).code, 200);
      await desk.until(() => desk.told('message').length > count);
    }
    assert.deepEqual(
      desk.told('message').map(({ from }) => from),
      [
        { number: '1002', name: 'Sales' },
        { number: '+3612345', name: '' },
        { number: '9999', name: '' },
      ],
    );
    await desk.close();
  });

  it('asks for a report, which comes with the API extension and the address', async () => {
    const reported = new Promise((resolve) => {
      const stop = system.phoneSystem.messages.onReport((report) => {
        stop();
        resolve(report);
      });
    });
    const url = 'http://site.example/report?a=b';
    const { all } = await send(system, { ...SMS, Recipient: '1003', DelivaryReportURL: url });
    assert.deepEqual(await reported, {
      ...{ id: all('SmsId')[0], delivered: false, reportTo: { apiExtension: '9999', url } },
    });
  });

  it('goes out through the gateway, and says when that does not take it', async () => {
    assert.equal((await send(system, { ...SMS, Recipient: '+36201234567' })).code, 200);
    assert.equal(JSON.parse((await gateway.request(1)).body).recipient, '+36201234567');
    gateway.answer = (_request, response) => response.writeHead(404).end();
    const { code, message, all } = await send(system, { ...SMS, Recipient: '+36201234567' });
    assert.deepEqual(
      [code, message],
      [
        501,
        "Destination of the SMS is not found: '+36201234567' (The SMS gateway does not know the recipient.)",
      ],
    );
    assert.deepEqual(all('SmsId'), []);
    const conference = await send(system, { ...SMS, Recipient: '5000' });
    assert.equal(conference.code, 501);
  });

  it('says what is missing or wrong', async () => {
    for (const [more, parameter] of [
      [{ Recipient: '' }, 'Recipient'],
      [{ Recipient: '1 2' }, 'Recipient'],
      [{ Message: '' }, 'Message'],
      [{ Message: 'x\u0000' }, 'Message'],
      [{ ApiExtension: '4711' }, 'ApiExtension'],
      [{ DeliveryReportURL: 'ftp://site.example' }, 'DeliveryReportURL'],
      [{ DeliveryReportURL: 'http://a/', DelivaryReportURL: 'http://a/' }, 'DeliveryReportURL'],
    ] as const) {
      const { code, message } = await send(system, { ...SMS, ...more } as Record<string, string>);
      assert.deepEqual(
        [code, message],
        [302, `Missing or invalid parameter '${parameter}' for command 'SendSms'`],
      );
    }
  });
});

describe('SendEmail', () => {
  const MAIL = { Command: 'SendEmail', ApiExtension: '9999', Recipient: 'ann@example.com' };

  it('sends an e-mail, and answers with its id', async () => {
    const { code, all } = await send(system, {
      ...{ ...MAIL, Sender: 'Sales <sales@example.com>' },
      ...{ Subject: 'Missed call', Message: 'Somebody called.' },
    });
    assert.equal(code, 200);
    const { headers, body } = readMail((await mail.mail()).raw);
    assert.deepEqual(
      [headers.get('from'), headers.get('to'), headers.get('subject'), headers.get('message-id')],
      ['Sales <sales@example.com>', 'ann@example.com', 'Missed call', all('EmailId')[0]],
    );
    assert.match(body, /^Somebody called\./);
  });

  it('may be empty, and says what is wrong', async () => {
    assert.equal((await send(system, MAIL)).code, 200);
    for (const [more, parameter] of [
      [{ Recipient: 'ann' }, 'Recipient'],
      [{ Recipient: 'ann@example.com\r\nBcc: eve@example.com' }, 'Recipient'],
      [{ Recipient: Array.from({ length: 51 }, (_, at) => `a${at}@example.com`).join() }, 'Recipient'],
      [{ Sender: 'a@example.com, b@example.com' }, 'Sender'],
      [{ Subject: 'Two\r\nlines' }, 'Subject'],
      [{ ApiExtension: '4711' }, 'ApiExtension'],
    ] as const) {
      const { code, message } = await send(system, { ...MAIL, ...more } as Record<string, string>);
      assert.deepEqual(
        [code, message],
        [302, `Missing or invalid parameter '${parameter}' for command 'SendEmail'`],
      );
    }
  });

  it('says when there is no mail server', async () => {
    const other = await startPhoneSystem(demo);
    const { code, message } = await send(other, MAIL);
    assert.equal(code, 501);
    assert.match(
      message,
      /^Destination of the SMS is not found: 'ann@example\.com' \(No e-mail can be sent: the key "email"/,
    );
    await other.close();
  });
});

describe('rights', () => {
  it('are needed for each command, and 306 without', async () => {
    const passwordHash = await hashPassword('pass:word');
    const httpApi = { username: 'Öffice', passwordHash, rights: ['messages'] } as const;
    const other = await startPhoneSystem({ ...demo, httpApi } as unknown as SettingsInput);
    const user = { Username: 'Öffice', Password: 'pass:word' };
    const { code, message } = await send(other, { Command: 'ListExtensions', ...user });
    assert.deepEqual(
      [code, message],
      [306, 'User is not allowed to use API in ACL: the command \'ListExtensions\' needs the right "view"'],
    );
    const sms = { Command: 'SendSms', Recipient: '1001', Message: 'Hello' };
    assert.equal((await send(other, { ...sms, ...user })).code, 200);

    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    assert.equal((await send(other, sms, { headers: basic('Öffice:pass:word') })).code, 200);
    assert.equal((await send(other, sms, { headers: basic('Öffice:pass') })).code, 305);
    // A browser that knows them would add them to what any page makes it ask.
    for (const page of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const { code: refused } = await send(other, sms, {
        headers: { ...basic('Öffice:pass:word'), ...page },
      });
      assert.equal(refused, 307);
      assert.equal(
        (await send(other, { ...sms, ...user }, { headers: page as Record<string, string> })).code,
        200,
      );
    }
    assert.equal((await send(other, sms, { headers: { authorization: 'Bearer x' } })).code, 304);
    await other.close();
  });
});
