/** Each notification as it goes over the wire, byte by byte. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  callChanged,
  callConnected,
  createNotificationSender,
  dtmfEntered,
  errorNotification,
  goTo,
  incomingCall,
  incomingSms,
  NOTIFICATION_DEFAULTS,
  recordCompletedOfApiExtension,
  recordCompletedOfCall,
  routingInterception,
  smsDeliveryReport,
  transferCompleted,
} from '../../../src/pbx/notifications/index.js';
import type { Notification, NotificationSettings } from '../../../src/pbx/notifications/index.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { startRawSite } from '../web-client/site.js';
import { silentLog } from './log.js';

/** What a site receives, as text. */
async function wire(
  notification: Notification,
  settings: Partial<NotificationSettings> = {},
  path = '/ozml_example/notify.php',
  trusted = true,
): Promise<string> {
  const { port, request } = await startRawSite();
  const sender = createNotificationSender({
    settings: () => ({ ...NOTIFICATION_DEFAULTS, allowTargets: ['loopback'], ...settings }),
    log: silentLog(),
    clock: new FakeClock(),
  });
  assert.equal(await sender.ask({ url: `http://localhost:${port}${path}`, trusted }, notification), '');
  await sender.close();
  return (await request).replaceAll(`localhost:${port}`, 'localhost');
}

const CALL = { callLegId: '3CiHe', apiExtension: '9999' };
const RECORD = {
  success: true,
  durationSeconds: 15,
  recordUrl: 'http://ozekixepbx.ip:7780/HttpRecordings/21d75202569941b5a9576babd030e55f.mp3',
  caller: '103',
  callee: '101',
};
const RECORD_URL =
  'http%3A%2F%2Fozekixepbx.ip%3A7780%2FHttpRecordings%2F21d75202569941b5a9576babd030e55f.mp3';

const CASES: readonly [name: string, Notification, body: string][] = [
  [
    'RoutingInterception',
    routingInterception({
      callerId: '1000',
      originalDialedNumber: '1500',
      lastDialedNumber: '431413',
      lastCalledExtension: '1200',
      lastCallState: 'Calling',
      callerExtension: '1000',
      apiExtension: '9999',
    }),
    'NotificationName=RoutingInterception&CallerID=1000&OriginalDialedNumber=1500&LastDialedNumber=431413' +
      '&LastCalledExtension=1200&LastCallState=Calling&CallerExtension=1000&ApiExtension=9999',
  ],
  [
    'CallChanged',
    callChanged({ callState: 'Ringing', callId: '3CiHe', caller: '103', callerId: '103', callee: '101' }),
    'NotificationName=CallChanged&CallState=Ringing&CallId=3CiHe&Caller=103&CallerId=103&Callee=101',
  ],
  [
    'RecordCompleted of a call of others',
    recordCompletedOfCall({ ...RECORD, callId: '3CiHe' }),
    `Success=true&Duration=15&RecordURL=${RECORD_URL}&CallId=3CiHe&Caller=103&Callee=101&NotificationName=RecordCompleted`,
  ],
  [
    'RecordCompleted of an API extension',
    recordCompletedOfApiExtension(RECORD),
    `Success=true&Duration=15&RecordURL=${RECORD_URL}&Caller=103&Callee=101&NotificationName=RecordCompleted`,
  ],
  [
    'RecordCompleted without a recording',
    recordCompletedOfApiExtension({
      success: false,
      durationSeconds: 0,
      recordUrl: '',
      caller: '103',
      callee: '9999',
    }),
    'Success=false&Duration=0&RecordURL=&Caller=103&Callee=9999&NotificationName=RecordCompleted',
  ],
  [
    'CallConnected',
    callConnected({ ...CALL, callee: '1100' }),
    'NotificationName=CallConnected&CallLegID=3CiHe&Callee=1100&ApiExtension=9999',
  ],
  [
    'IncomingCall',
    incomingCall({ ...CALL, caller: '500', apiExtension: '9998' }),
    'NotificationName=IncomingCall&CallLegID=3CiHe&Caller=500&ApiExtension=9998',
  ],
  [
    'IncomingSMS',
    incomingSms({
      sender: '06203123412',
      recipient: '06304645433',
      id: '843952f3-3f3g3',
      apiExtension: '9999',
      message: 'Hi John!',
    }),
    'NotificationName=IncomingSMS&Sender=06203123412&Recipient=06304645433&ID=843952f3-3f3g3&ApiExtension=9999' +
      '&Message=Hi+John%21',
  ],
  [
    'IncomingSMS with all kinds of characters',
    incomingSms({
      sender: '+44 20',
      recipient: 'a&b=c',
      id: '',
      apiExtension: '9999',
      message: 'Grüße\r\n100% *-._~ \u{1F600} \uD800',
    }),
    'NotificationName=IncomingSMS&Sender=%2B44+20&Recipient=a%26b%3Dc&ID=&ApiExtension=9999' +
      '&Message=Gr%C3%BC%C3%9Fe%0D%0A100%25+*-._%7E+%F0%9F%98%80+%EF%BF%BD',
  ],
  [
    'SMSDeliveryReport',
    smsDeliveryReport({ delivered: true, id: '843952f3-3f3g3', apiExtension: '9998' }),
    'NotificationName=SMSDeliveryReport&Delivered=true&ID=843952f3-3f3g3&ApiExtension=9998',
  ],
  [
    'DtmfEntered',
    dtmfEntered({ dtmfDigits: '14*5#3', callLegId: '3CiHe', apiExtension: '9998' }),
    'NotificationName=DtmfEntered&DtmfDigits=14*5%233&CallLegID=3CiHe&ApiExtension=9998',
  ],
  ['GoTo', goTo(), 'NotificationName=GoTo'],
  [
    'TransferCompleted',
    transferCompleted({ durationSeconds: 61.6, callId: '3CiHe', caller: '103', callee: '101' }),
    'Duration=62&CallId=3CiHe&Caller=103&Callee=101&NotificationName=TransferCompleted',
  ],
  [
    'Error',
    errorNotification({
      errorCode: 301,
      errorMessage: "Not implemented command: 'SQL'",
      callId: '3CiHe',
      apiExtension: '9999',
    }),
    'NotificationName=Error&ErrorCode=301&ErrorMessage=Not+implemented+command%3A+%27SQL%27&CallId=3CiHe&ApiExtension=9999',
  ],
];

describe('on the wire', () => {
  for (const [name, notification, body] of CASES) {
    it(`is ${name}`, async () => {
      assert.equal(
        await wire(notification),
        'POST /ozml_example/notify.php HTTP/1.1\r\n' +
          'Content-Type: application/x-www-form-urlencoded\r\n' +
          'Host: localhost\r\n' +
          'Cache-Control: no-store,no-cache\r\n' +
          'Pragma: no-cache\r\n' +
          `Content-Length: ${body.length}\r\n` +
          'Connection: close\r\n' +
          '\r\n' +
          body,
      );
    });
  }

  it('keeps the query of the address, and nothing of what follows', async () => {
    const text = await wire(goTo(), {}, '/a%20b/?accountid=7&x=%C3%A9#there');
    assert.match(text, /^POST \/a%20b\/\?accountid=7&x=%C3%A9 HTTP\/1\.1\r\n/);
  });

  it('may carry who speaks', async () => {
    const settings = { authorization: 'Basic YTpi', secret: 'A secret of the two' };
    const text = await wire(CASES[1]![1], settings);
    const [head, body] = text.split('\r\n\r\n') as [string, string];
    assert.match(
      head,
      /\r\nContent-Length: 94\r\nAuthorization: Basic YTpi\r\nX-Ozeki-Signature: t=\d+,v1=[\da-f]{64}\r\n/,
    );
    const [, time, hash] = /t=(\d+),v1=([\da-f]{64})/.exec(head)!;
    assert.equal(Number(time), 1_700_000_000);
    assert.equal(createHmac('sha256', settings.secret).update(`${time}.${body}`).digest('hex'), hash);
  });

  it('tells nobody else who speaks', async () => {
    const settings = { authorization: 'Basic YTpi', secret: 'A secret of the two' };
    assert.doesNotMatch(await wire(goTo(), settings, '/', false), /Authorization|Signature/i);
    // A script of the administrator's site that names another address there.
    const { port, request } = await startRawSite();
    const sender = createNotificationSender({
      settings: () => ({
        ...NOTIFICATION_DEFAULTS,
        ...settings,
        allowTargets: ['loopback'],
        ownSites: ['nonsense', `http://127.0.0.1:${port}/incoming.php`],
      }),
      log: silentLog(),
    });
    await sender.tell({ url: `http://127.0.0.1:${port}/menu.php`, trusted: false }, goTo());
    assert.match(await request, /\r\nAuthorization: Basic YTpi\r\nX-Ozeki-Signature: /);
    await sender.close();
  });
});
