import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as notifications from '../../../src/pbx/notifications/index.js';
import type { Notification } from '../../../src/pbx/notifications/index.js';

const text = readFileSync(new URL('../../../src/pbx/notifications/README.md', import.meta.url), 'utf8');

describe('the description of the notifications', () => {
  const builders = {
    RoutingInterception: notifications.routingInterception,
    CallChanged: notifications.callChanged,
    'RecordCompleted, of a call of others': notifications.recordCompletedOfCall,
    'RecordCompleted, of an API extension': notifications.recordCompletedOfApiExtension,
    CallConnected: notifications.callConnected,
    IncomingCall: notifications.incomingCall,
    IncomingSMS: notifications.incomingSms,
    SMSDeliveryReport: notifications.smsDeliveryReport,
    DtmfEntered: notifications.dtmfEntered,
    GoTo: notifications.goTo,
    TransferCompleted: notifications.transferCompleted,
    Error: notifications.errorNotification,
  };

  it('has each with its fields in their order', () => {
    const rows = new Map(
      [
        ...text.matchAll(/^\| ([A-Z][\w, ]+?) +\| (`NotificationName`.*?|`Success`.*?|`Duration`.*?) +\|/gm),
      ].map(([, name, fields]) => [name!, [...fields!.matchAll(/`(\w+)`/g)].map(([, field]) => field)]),
    );
    assert.deepEqual([...rows.keys()], Object.keys(builders));
    for (const [name, build] of Object.entries(builders)) {
      const { fields } = (build as (values: object) => Notification)({});
      assert.deepEqual(
        rows.get(name),
        fields.map(([field]) => field),
        name,
      );
    }
  });

  it('has the bounds there are', () => {
    const { timeoutMs, retries, maxAnswerBytes } = notifications.NOTIFICATION_DEFAULTS;
    assert.match(text, new RegExp(`\`timeoutMs\` \\(${timeoutMs / 1000} s\\)`));
    assert.match(text, new RegExp(`\`retries\` \\(${retries}\\)`));
    assert.match(text, new RegExp(`\`maxAnswerBytes\` \\(${maxAnswerBytes / 1_048_576} MiB\\)`));
  });

  it('shows a request with its true length', () => {
    const [, length, body] = /Content-Length: (\d+)\n[^]*?\n\n(.*)\n```/.exec(text)!;
    assert.equal(Number(length), body!.length);
  });
});
