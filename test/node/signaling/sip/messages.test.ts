import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SignalingError } from '../../../../src/signaling/port.js';
import { accountOf, sipAddresses } from '../../../../src/signaling/sip/address.js';
import { DialogInfo } from '../../../../src/signaling/sip/dialog-info.js';
import { voicemailIn } from '../../../../src/signaling/sip/mailbox.js';
import { presenceIn } from '../../../../src/signaling/sip/presence.js';
import { WatchedSessions } from '../../../../src/signaling/sip/watched-sessions.js';
import { readParty } from '../../../../src/signaling/sip/identity.js';
import { directionOf, withDirection } from '../../../../src/signaling/sip/sdp.js';

describe('the address of SIP servers', () => {
  test('one, or several in their order', () => {
    assert.deepEqual(sipAddresses('sip+wss://pbx.example/ws'), ['wss://pbx.example/ws']);
    assert.deepEqual(sipAddresses(' sip+ws://127.0.0.1:8060/, SIP+WSS://b.example '), [
      'ws://127.0.0.1:8060/',
      'wss://b.example/',
    ]);
  });
  for (const bad of [
    '',
    'sip+',
    'sip+http://x',
    'wss://x',
    'sip+wss://u:secret@x',
    'sip+wss://a x',
    'sip+wss://a#b',
  ]) {
    test(`"${bad}" is none`, () => {
      assert.throws(
        () => sipAddresses(bad),
        (error: unknown) =>
          error instanceof SignalingError &&
          error.reason === 'invalid-address' &&
          !/secret/.test(error.message),
      );
    });
  }
  test('an account is at its own domain, or at the server', () => {
    assert.deepEqual(accountOf('101@example.com', 'wss://pbx.example/ws'), {
      user: '101',
      domain: 'example.com',
    });
    assert.deepEqual(accountOf('sip:101', 'wss://pbx.example/ws'), { user: '101', domain: 'pbx.example' });
    for (const bad of ['@example.com', '101@', '101@a b', '101@x>;y', '101@x\r\nVia: y'])
      assert.throws(() => accountOf(bad, 'wss://pbx.example/ws'), SignalingError, bad);
  });
});

describe('session descriptions', () => {
  const sdp = [
    'v=0',
    'a=sendonly',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:0',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=recvonly',
    'a=mid:1',
    '',
  ].join('\r\n');
  test('say which way media go, by section or for all', () => {
    assert.equal(directionOf(sdp, 'audio'), 'sendonly');
    assert.equal(directionOf(sdp, 'video'), 'recvonly');
    assert.equal(directionOf(sdp.replace('video 9', 'video 0'), 'video'), null);
    assert.equal(directionOf('v=0\r\nm=audio 9 RTP/AVP 0\r\n', 'audio'), 'sendrecv');
    assert.equal(directionOf('v=0\r\n', 'audio'), null);
  });
  test('are turned in one section, and nothing else changes', () => {
    const turned = withDirection(withDirection(sdp, 'video', 'inactive'), 'audio', 'recvonly');
    assert.equal(turned, sdp.replace('a=recvonly', 'a=inactive').replace('a=mid:0', 'a=mid:0\r\na=recvonly'));
  });
});

describe('who somebody is', () => {
  const cases: [string, ReturnType<typeof readParty>][] = [
    ['"Front \\"desk\\"" <sip:101@example.com;user=phone>', { number: '101', name: 'Front "desk"' }],
    ['Sales <sips:102@other.example>', { number: '102', name: 'Sales' }],
    ['<sip:bob@other.example>', { number: 'bob@other.example', name: '' }],
    ['sip:bob@example.com', { number: 'bob', name: '' }],
    ['<tel:+3612345>', { number: '+3612345', name: '' }],
    ['nonsense', null],
    ['<sip:@example.com>', null],
  ];
  for (const [value, party] of cases) {
    test(value, () => assert.deepEqual(readParty(value, 'example.com'), party));
  }
});

describe('dialogs of an extension', () => {
  const document = (state: string, ...dialogs: string[]) =>
    `<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="1" state="${state}" entity="sip:102@x">${dialogs.join('')}</dialog-info>`;
  const dialog = (id: string, state: string, direction = 'recipient') =>
    `<dialog id="${id}" direction="${direction}"><state>${state}</state></dialog>`;
  test('ringing, busy, idle; partial documents change what they name', () => {
    const info = new DialogInfo();
    const after = (...args: Parameters<typeof document>) => {
      assert.ok(info.take(document(...args)));
      return info.status;
    };
    assert.equal(after('full'), 'idle');
    assert.equal(after('full', dialog('a', 'early')), 'ringing');
    assert.equal(after('partial', dialog('b', 'confirmed')), 'busy');
    assert.equal(after('partial', dialog('b', 'terminated')), 'ringing');
    assert.equal(after('full', dialog('c', 'trying', 'initiator')), 'busy');
    assert.equal(after('full', dialog('c', 'terminated')), 'idle');
    assert.equal(info.take('<presence/>'), false);
    assert.equal(info.take('<dialog-info>'.padEnd(70_000)), false);
  });
});

describe('presence', () => {
  const document = (...parts: string[]) =>
    `<?xml version="1.0"?><p:presence xmlns:p="urn:ietf:params:xml:ns:pidf" entity="sip:102@x">${parts.join('')}</p:presence>`;
  const tuple = (basic: string) =>
    `<p:tuple id="${basic}"><p:status><p:basic>${basic}</p:basic></p:status></p:tuple>`;
  const cases: [string, string, ReturnType<typeof presenceIn>][] = [
    ['open', document(tuple('open')), 'idle'],
    ['closed', document(tuple('closed')), 'offline'],
    ['closed on one device only', document(tuple('closed'), tuple('open')), 'idle'],
    ['on the phone', document(tuple('open'), '<r:activities><r:on-the-phone/></r:activities>'), 'busy'],
    ['no tuples', document(), null],
    ['nothing', '', null],
    ['another document', '<dialog-info/>', null],
    ['too long a one', document(tuple('open')).padEnd(70_000), null],
  ];
  for (const [name, text, status] of cases) test(name, () => assert.equal(presenceIn(text), status));
});

describe('voice messages', () => {
  const summary = (...lines: string[]) => lines.join('\r\n');
  test('are counted where the server counts', () => {
    const told = summary(
      'Messages-Waiting: yes',
      'Message-Account: sip:*97@x',
      'Voice-Message: 2/8 (0/2)',
      '',
    );
    assert.deepEqual(voicemailIn(told, 'x'), { waiting: true, fresh: 2, old: 8, number: '*97' });
    assert.deepEqual(voicemailIn('messages-waiting:no', 'x'), {
      ...{ waiting: false, fresh: null, old: null, number: '' },
    });
  });
  for (const bad of [
    '',
    'Voice-Message: 2/8',
    'Messages-Waiting: perhaps',
    'Messages-Waiting: yes'.padEnd(20_000),
  ])
    test(`"${bad.slice(0, 40)}" says nothing`, () => assert.equal(voicemailIn(bad, 'x'), null));
});

describe('sessions of watched extensions', () => {
  const document = (...dialogs: string[]) =>
    `<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="1" state="full" entity="sip:x@x">${dialogs.join('')}</dialog-info>`;
  const dialog = (state: string, direction: string, local: string, remote: string) =>
    `<dialog id="d" call-id="c1" direction="${direction}"><state>${state}</state>` +
    `<remote><identity display="A &amp; B">sip:${remote}</identity><target uri="sip:${remote}"/></remote>` +
    `<local><identity>sip:${local}</identity></local></dialog>`;

  test('both sides of a call are one session, which ends when neither tells of it', () => {
    const told: [string, string, string, boolean][] = [];
    const sessions = new WatchedSessions((event) => {
      if (event.type !== 'session') return;
      const { caller, callee, state } = event.session;
      told.push([caller, callee, state, event.closed]);
    });
    const take = (extension: string, ...dialogs: string[]) => {
      const info = new DialogInfo('x');
      assert.ok(info.take(document(...dialogs)));
      sessions.take(extension, info.dialogs);
    };
    take('101', dialog('trying', 'initiator', '101@x', '102@x'));
    take('102', dialog('early', 'recipient', '102@x', '101@x'));
    take('101', dialog('early', 'initiator', '101@x', '102@x'));
    take('101', dialog('confirmed', 'initiator', '101@x', '102@x'));
    take('102', dialog('confirmed', 'recipient', '102@x', '101@x'));
    take('101');
    take('102');
    assert.deepEqual(told, [
      ['101', '102', 'Setup', false],
      ['101', '102', 'Ringing', false],
      ['101', '102', 'InCall', false],
      ['101', '102', 'CallerHungUp', true],
    ]);
  });

  test('names and others who call are told', () => {
    const info = new DialogInfo('x');
    info.take(document(dialog('confirmed', 'recipient', '101@x', 'bob@elsewhere.example')));
    const { remote, called } = info.dialogs.get('d')!;
    assert.deepEqual([remote, called], [{ number: 'bob@elsewhere.example', name: 'A & B' }, true]);
  });
});
