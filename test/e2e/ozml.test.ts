import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { PhoneControl } from '../../src/phone/index.js';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';
import { Desk } from '../support/desk.js';
import { hears, hearsMusic, hearsNone } from '../support/instrument.js';
import { MailServer } from '../support/mail-server.js';
import { heardIn } from '../support/recordings.js';
import { tone, wav } from '../support/sound.js';
import { CompanySite } from '../support/company-site.js';
import type { Told } from '../support/company-site.js';

const FRONT_DESK = 807;
const SALES = 1438;
/** What the site has played: neither a voice of this test nor a key. */
const JINGLE = 2130;
/** Louder, in dB, is only a tone that was played; a gap in another sounds at all frequencies a little. */
const QUIET = -45;

/** What is the same in every notification, and that the length of its body is the true one. */
function mustBePosted({ method, httpVersion, headers, body }: Told): void {
  assert.equal(method, 'POST');
  assert.equal(httpVersion, '1.1');
  assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(headers['cache-control'], 'no-store,no-cache');
  assert.equal(headers.pragma, 'no-cache');
  assert.equal(headers['content-length'], String(Buffer.byteLength(body, 'latin1')));
}

describe('a web site that controls calls', () => {
  let site: CompanySite;
  let mail: MailServer;
  let demo: Demo;
  let browser: Browser;
  let content: string;
  let desks: Desk[] = [];

  before(async () => {
    site = await CompanySite.start();
    mail = await MailServer.start();
    content = mkdtempSync(join(tmpdir(), 'ozeki-content-'));
    writeFileSync(join(content, 'jingle.wav'), wav([tone(JINGLE, 20, 16_000)], { rate: 16_000 }));
    demo = await startDemo({
      contentFolder: content,
      apiExtensions: [
        {
          id: '9999',
          name: 'Menu',
          incomingCallUrl: `${site.url}/call`,
          incomingMessageUrl: `${site.url}/sms`,
        },
        { id: '9998', name: 'Shop', incomingMessageUrl: `${site.url}/sms` },
      ],
      httpApi: {
        allowedAddresses: ['loopback'],
        allowTargets: ['loopback'],
        notifications: {
          routingInterceptionUrl: `${site.url}/route`,
          callChangedUrl: `${site.url}/changed`,
          errorUrl: `${site.url}/error`,
        },
      },
      email: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'Phone <phone@example.com>' },
    });
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
    await mail.close();
    await site.close();
    rmSync(content, { recursive: true });
  });
  afterEach(async () => {
    for (const desk of desks) await desk.close();
    desks = [];
    await demo.quiet();
    site.forget();
  });

  async function openDesk(extension: string, microphone: number): Promise<Desk> {
    const desk = await Desk.open(browser, { url: demo.url, tone: microphone });
    desks.push(desk);
    await desk.signIn(extension);
    await desk.signedIn();
    return desk;
  }

  const command = async (parameters: Record<string, string>): Promise<string> => {
    const reply = await fetch(demo.apiUrl, { method: 'POST', body: new URLSearchParams(parameters) });
    return reply.text();
  };
  const press = async (desk: Desk, keys: string) => {
    await desk.press('Keypad');
    for (const key of keys) await desk.press(key);
  };

  it('RoutingInterception: sends a call to another number', async () => {
    site.answers.set('RoutingInterception', '<Route RingTime="20">1002</Route>');
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    await front.dial('500');
    await sales.press('Accept');
    await Promise.all([hears(front.page, SALES), hears(sales.page, FRONT_DESK)]);
    const asked = await site.tells('RoutingInterception');
    mustBePosted(asked);
    assert.equal(
      asked.body,
      'NotificationName=RoutingInterception&CallerID=1001&OriginalDialedNumber=500&LastDialedNumber=500&' +
        'LastCalledExtension=&LastCallState=Calling&CallerExtension=1001&ApiExtension=9999',
    );
  });

  it('IncomingCall: plays a file to the caller, then speaks, then hangs up', async () => {
    site.answers.set(
      'IncomingCall',
      `<UserInput Timeout="10"><InitialCommands><Play>jingle.wav</Play></InitialCommands><Inputs><Input Key="1">` +
        '<Speak>Thank you for calling. This is spoken by a machine.</Speak></Input></Inputs></UserInput>',
    );
    const front = await openDesk('1001', FRONT_DESK);
    await front.dial('9999');
    await hears(front.page, JINGLE, [FRONT_DESK]);
    const told = await site.tells('IncomingCall');
    mustBePosted(told);
    assert.match(told.body, /^NotificationName=IncomingCall&CallLegID=[\w-]+&Caller=1001&ApiExtension=9999$/);
    await press(front, '1');
    await hearsMusic(front.page, [JINGLE, FRONT_DESK]);
    await front.shows('ozeki-call', 'The other side hung up.');
  });

  it('DtmfEntered: gathers digits, and transfers the caller', async () => {
    site.answers.set(
      'IncomingCall',
      `<UserInput Digits="4" Timeout="10" ForwardToUrl="${site.url}/pin"><InitialCommands><Play>jingle.wav</Play></InitialCommands></UserInput>`,
    );
    site.answers.set('DtmfEntered', '<BlindTransfer>1002</BlindTransfer>');
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    await front.dial('9999');
    await hears(front.page, JINGLE);
    await press(front, '24#8');
    await sales.press('Accept');
    await Promise.all([hears(front.page, SALES, [JINGLE]), hears(sales.page, FRONT_DESK, [JINGLE])]);
    const told = await site.tells('DtmfEntered');
    mustBePosted(told);
    assert.match(
      told.body,
      /^NotificationName=DtmfEntered&DtmfDigits=24%238&CallLegID=[\w-]+&ApiExtension=9999$/,
    );
  });

  it('RecordCompleted, and GoTo: records the caller, and plays what was recorded', async () => {
    for (const format of ['wav', 'mp3', 'ogg']) {
      site.answers.set(
        'IncomingCall',
        `<Record Format="${format}" Duration="2" FinishedUrl="${site.url}/recorded"/>`,
      );
      site.answers.set('RecordCompleted', `<GoTo>${site.url}/next</GoTo>`);
      site.answers.set('GoTo', '<Play Repeat="true">jingle.wav</Play>');
      const front = await openDesk('1001', FRONT_DESK);
      await front.dial('9999');
      const told = await site.tells('RecordCompleted');
      mustBePosted(told);
      assert.match(
        told.body,
        new RegExp(
          `^Success=true&Duration=2&RecordURL=http%3A%2F%2F127\\.0\\.0\\.1%3A\\d+%2FHttpRecordings%2F[0-9a-f]{32}\\.${format}` +
            '&Caller=1001&Callee=9999&NotificationName=RecordCompleted$',
        ),
      );
      const recorded = await heardIn(told.fields.RecordURL!);
      const tone = recorded.level(FRONT_DESK);
      assert.ok(tone > -30, `${format}: the caller’s tone is in the recording (${tone} dB)`);
      assert.ok(recorded.level(SALES) < QUIET);
      assert.ok(Math.abs(recorded.seconds - 2) < 0.2, `${format}: ${recorded.seconds} s`);
      const next = await site.tells('GoTo');
      mustBePosted(next);
      assert.equal(next.body, 'NotificationName=GoTo');
      await hears(front.page, JINGLE);
      await front.press('Hang up');
      await front.close();
      desks = [];
      site.forget();
    }
  });

  it('CallConnected: calls somebody and plays to whom answers', async () => {
    site.answers.set('CallConnected', '<Play>jingle.wav</Play>');
    const front = await openDesk('1001', FRONT_DESK);
    const answer = await command({
      Command: 'Call',
      ApiExtension: '9999',
      Dialed: '1001',
      CallerId: '+36 1 555',
      CallerDisplayName: 'Reminder',
      Url: `${site.url}/connected`,
      ErrorUrl: `${site.url}/error`,
    });
    assert.match(answer, /<Code>200<\/Code>/);
    await front.shows('ozeki-call', 'Reminder');
    await front.press('Accept');
    await hears(front.page, JINGLE);
    const told = await site.tells('CallConnected');
    mustBePosted(told);
    assert.match(
      told.body,
      /^NotificationName=CallConnected&CallLegID=[\w-]+&Callee=1001&ApiExtension=9999$/,
    );
    await front.press('Hang up');
  });

  it('CallChanged: plays to one party, and records both', async () => {
    site.answers.set('CallChanged', ({ fields }) =>
      fields.CallState === 'Answered'
        ? `<Record Format="wav" FinishedUrl="${site.url}/recorded"/><Play Party="callee">jingle.wav</Play>`
        : undefined,
    );
    const front = await openDesk('1001', FRONT_DESK);
    const sales = await openDesk('1002', SALES);
    await front.dial('1002');
    await sales.press('Accept');
    await Promise.all([
      hears(sales.page, JINGLE),
      hears(sales.page, FRONT_DESK),
      hears(front.page, SALES, [JINGLE]),
      // Long enough for a recording to be of both.
      front.shows('ozeki-call', /0:0[2-9]/),
    ]);
    const ringing = await site.tells('CallChanged', ({ fields }) => fields.CallState === 'Ringing');
    mustBePosted(ringing);
    assert.match(
      ringing.body,
      /^NotificationName=CallChanged&CallState=Ringing&CallId=[\w-]+&Caller=1001&CallerId=1001&Callee=1002$/,
    );
    await front.press('Hang up');
    const told = await site.tells('RecordCompleted');
    mustBePosted(told);
    assert.match(
      told.body,
      /^Success=true&Duration=\d+&RecordURL=http%3A%2F%2F[^&]+\.wav&CallId=[\w-]+&Caller=1001&Callee=1002&NotificationName=RecordCompleted$/,
    );
    assert.equal(told.fields.CallId, ringing.fields.CallId);
    const recorded = await heardIn(told.fields.RecordURL!);
    const [one, other, jingle] = [FRONT_DESK, SALES, JINGLE].map((hz) => recorded.level(hz));
    assert.ok(one! > -35 && other! > -35, `both parties are recorded: ${one}, ${other} dB`);
    assert.ok(jingle! < QUIET, `what was played to one of them is not: ${jingle} dB`);
    await site.tells('CallChanged', ({ fields }) => fields.CallState === 'Completed');
  });

  it('IncomingSMS and SMSDeliveryReport: answers a message, which a phone takes', async () => {
    site.answers.set('IncomingSMS', ({ fields }) =>
      fields.ApiExtension === '9999'
        ? `<SendSms Recipient="1001" DeliveryReportURL="${site.url}/report">Got “${fields.Message?.replace('&', '&amp;')}”</SendSms>`
        : undefined,
    );
    const front = await openDesk('1001', FRONT_DESK);
    // Who listens has to be there before the message is.
    const inbox = await front.page.evaluateHandle(async () => {
      const client = document.querySelector('ozeki-client') as unknown as {
        phone: { control(): Promise<PhoneControl> };
      };
      const control = await client.phone.control();
      await control.watch();
      const text = new Promise<string>((resolve) => {
        control.onNews((news) => news.type === 'text-message' && resolve(news.message.text));
      });
      return { text };
    });
    const sent = await command({
      Command: 'SendSms',
      ApiExtension: '9998',
      Recipient: '9999',
      Message: 'Hi & hello!',
      DeliveryReportURL: `${site.url}/report`,
    });
    const [, id] = /<SmsId>([\w-]+)<\/SmsId>/.exec(sent) ?? [];
    const told = await site.tells('IncomingSMS');
    mustBePosted(told);
    assert.equal(
      told.body,
      `NotificationName=IncomingSMS&Sender=9998&Recipient=9999&ID=${id}&ApiExtension=9999&Message=Hi+%26+hello%21`,
    );
    assert.equal(await inbox.evaluate(({ text }) => text), 'Got “Hi & hello!”');
    const report = await site.tells('SMSDeliveryReport', ({ fields }) => fields.ID === id);
    mustBePosted(report);
    assert.equal(report.body, `NotificationName=SMSDeliveryReport&Delivered=true&ID=${id}&ApiExtension=9998`);
    await site.tells('SMSDeliveryReport', ({ fields }) => fields.ApiExtension === '9999');
  });

  it('sends an e-mail, and reports an error in a script', async () => {
    site.answers.set(
      'IncomingCall',
      '<SendEmail Recipient="ann@example.com" Subject="Somebody called">Call back, please.</SendEmail><Play>missing.wav</Play>',
    );
    const front = await openDesk('1001', FRONT_DESK);
    await front.dial('9999');
    const received = await mail.mail();
    assert.deepEqual(received.to, ['ann@example.com']);
    assert.match(received.raw, /^Subject: Somebody called\r$/m);
    assert.match(received.raw, /Call back, please\./);
    const told = await site.tells('Error');
    mustBePosted(told);
    assert.match(
      told.body,
      /^NotificationName=Error&ErrorCode=302&ErrorMessage=Missing\+or\+invalid\+parameter\+%27AudioFile%27\+for\+command\+%27Play%27[^&]*&CallId=[\w-]+&ApiExtension=9999$/,
    );
    await front.shows('ozeki-call', 'The other side hung up.');
    await hearsNone(front.page, [JINGLE]);
  });
});
