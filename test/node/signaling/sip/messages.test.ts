import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SignalingError } from '../../../../src/signaling/port.js';
import { accountOf, sipAddresses } from '../../../../src/signaling/sip/address.js';
import { DialogInfo } from '../../../../src/signaling/sip/dialog-info.js';
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
