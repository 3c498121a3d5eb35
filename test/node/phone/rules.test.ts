/** The rules of the phone, each a function: back-off, connection, selection, tones, numbers, calls, quality. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { meanOpinionScore } from '../../../src/media/mos.js';
import { keyFrequencies } from '../../../src/media/tone-table.js';
import { backOff } from '../../../src/phone/back-off.js';
import { endedCall, mergeCall, preparedCall } from '../../../src/phone/calls.js';
import { nextStatus, PROBLEMS } from '../../../src/phone/connection-states.js';
import { normaliseDigits } from '../../../src/phone/later/digits.js';
import { normaliseNumber } from '../../../src/phone/number.js';
import { chooseSelected } from '../../../src/phone/selection.js';
import type { PhoneCall } from '../../../src/phone/state.js';
import { toneFor } from '../../../src/phone/tone-rules.js';
import type { Call } from '../../../src/signaling/port.js';

/** A call as the tests name it: `in` or `out`, its state, and what else matters. */
function call(id: string, direction: 'in' | 'out', state: PhoneCall['state'], more: Partial<PhoneCall> = {}) {
  const prepared = preparedCall(id, direction === 'in' ? 'incoming' : 'outgoing', '1002', 0);
  return { ...prepared, state, answeredAt: state === 'active' ? 1 : null, ...more };
}

const silent = () => false;

describe('back-off', () => {
  test('doubles from one second to thirty, half of it by chance', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6, 50].map((attempt) => backOff(attempt, 0, 'idle', 1)),
      [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000],
    );
    assert.equal(backOff(3, 0, 'idle', 0), 4000);
  });

  test('is short for a phone in a call, with or without chance', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 50].map((attempt) => backOff(attempt, 0, 'urgent', 1)),
      [50, 100, 200, 400, 800, 800, 800],
    );
    assert.equal(backOff(5, 0, 'urgent', 0), 400);
    assert.equal(backOff(5, 2000, 'urgent', 0), 2000, 'but what the phone system asks for is honoured');
  });

  test('stays short while there may be a place to come back to', () => {
    assert.deepEqual(
      [0, 1, 2, 50].map((attempt) => backOff(attempt, 0, 'kept', 1)),
      [1000, 2000, 2000, 2000],
    );
  });

  test('is never shorter than the phone system asks for', () => {
    assert.equal(backOff(0, 60_000, 'idle', 0), 60_000);
    assert.equal(backOff(0, 60_000, 'idle', 1), 66_000);
    assert.equal(backOff(5, 10, 'idle', 1), 30_000);
  });
});

describe('the connection', () => {
  const steps: [...Parameters<typeof nextStatus>, ReturnType<typeof nextStatus>][] = [
    ['signed-out', 'connect', 'connecting'],
    ['signed-out', 'retry', null],
    ['signed-out', 'opened', null],
    ['connecting', 'opened', 'connected'],
    ['connecting', 'down', 'failed'],
    ['connecting', 'denied', 'refused'],
    ['connected', 'down', 'reconnecting'],
    ['connected', 'denied', 'refused'],
    ['connected', 'retry', null],
    ['reconnecting', 'down', 'reconnecting'],
    ['reconnecting', 'opened', 'connected'],
    ['failed', 'opened', 'connected'],
    ['failed', 'retry', 'connecting'],
    ['refused', 'retry', 'connecting'],
    ['refused', 'down', null],
    ['refused', 'disconnect', 'signed-out'],
  ];
  for (const [status, event, next] of steps) {
    test(`${event} while ${status}: ${next ?? 'nothing'}`, () =>
      assert.equal(nextStatus(status, event), next));
  }

  test('refused credentials are never tried again by themselves', () => {
    const tried = Object.entries(PROBLEMS).filter(([, { again }]) => again);
    assert.deepEqual(tried.map(([problem]) => problem).sort(), [
      'lost',
      'rate-limited',
      'shutdown',
      'unreachable',
    ]);
  });
});

describe('the selected call', () => {
  const talking = call('a', 'in', 'active');
  const ringing = call('b', 'in', 'ringing');

  const choices: [string, PhoneCall[], string | null, string | null][] = [
    ['none', [], 'gone', null],
    ['the first', [ringing], null, 'b'],
    ['stays when another comes in', [talking, ringing], 'a', 'a'],
    ['moves on when it is over', [call('a', 'in', 'ended'), ringing], 'a', 'b'],
    ['stays over until its reason was read', [call('a', 'in', 'ended')], 'a', 'a'],
    [
      'a conversation before one on hold',
      [talking, call('c', 'out', 'active', { heldLocally: true })],
      null,
      'a',
    ],
    [
      'a consultation before the call it is about',
      [call('a', 'in', 'active', { heldLocally: true }), call('c', 'out', 'ringing')],
      null,
      'c',
    ],
    ['the newest of a kind', [talking, call('c', 'in', 'active')], null, 'c'],
    [
      'the held one when the consultation is over',
      [call('a', 'in', 'active', { heldLocally: true }), call('c', 'out', 'ended')],
      'c',
      'a',
    ],
  ];
  for (const [name, calls, selected, chosen] of choices) {
    test(name, () => assert.equal(chooseSelected(calls, selected), chosen));
  }
});

describe('the tone', () => {
  const sounds: [string, PhoneCall[], ReturnType<typeof toneFor>][] = [
    ['no call', [], null],
    ['an incoming call', [call('a', 'in', 'ringing')], 'ringing'],
    ['one being accepted', [call('a', 'in', 'ringing', { pending: 'accept' })], null],
    ['an incoming call during another', [call('a', 'in', 'active'), call('b', 'in', 'ringing')], 'waiting'],
    ['dialling', [call('a', 'out', 'dialing')], null],
    ['the other phone rings', [call('a', 'out', 'ringing')], 'ringback'],
    ['talking', [call('a', 'out', 'active')], null],
    ['busy', [call('a', 'out', 'ended', { endReason: 'busy' })], 'busy'],
    ['rejected', [call('a', 'out', 'ended', { endReason: 'rejected' })], 'busy'],
    ['unknown number', [call('a', 'out', 'ended', { endReason: 'not-found' })], 'congestion'],
    ['no answer', [call('a', 'out', 'ended', { endReason: 'no-answer' })], 'congestion'],
    ['given up', [call('a', 'out', 'ended', { endReason: 'cancelled' })], null],
    [
      'busy, but somebody else calls',
      [call('a', 'out', 'ended', { endReason: 'busy' }), call('b', 'in', 'ringing')],
      'ringing',
    ],
    [
      'busy while talking',
      [call('a', 'out', 'ended', { endReason: 'busy' }), call('b', 'in', 'active')],
      null,
    ],
    ['over after a talk', [call('a', 'out', 'ended', { endReason: 'busy', answeredAt: 5 })], null],
    ['an incoming call that ended', [call('a', 'in', 'ended', { endReason: 'busy' })], null],
  ];
  for (const [name, calls, tone] of sounds) test(name, () => assert.equal(toneFor(calls, silent), tone));

  test('early media takes the place of ringback', () => {
    assert.equal(
      toneFor([call('a', 'out', 'ringing')], (id) => id === 'a'),
      null,
    );
  });
});

describe('numbers', () => {
  const numbers: [string, string | null][] = [
    [' 1002 ', '1002'],
    ['+36 (1) 234-56.78', '+3612345678'],
    ['1\u2013800\u2013FLOWERS', '1800FLOWERS'],
    ['\u202a+36\u00a01\u202c', '+361'],
    ['alice.smith', 'alice.smith'],
    ['front-desk', 'front-desk'],
    ['alice.smith-2@example.com', 'alice.smith-2@example.com'],
    ['*21#', '*21#'],
    ['', ''],
    ['()- ', '()-'],
    ['9'.repeat(64), '9'.repeat(64)],
    ['9'.repeat(65), null],
  ];
  for (const [typed, dialled] of numbers) {
    test(JSON.stringify(typed.slice(0, 30)), () => assert.equal(normaliseNumber(typed), dialled));
  }

  test('digits are 0-9 * # A-D', () => {
    assert.equal(normaliseDigits('159*0#d'), '159*0#D');
    for (const other of ['', ' ', '+', 'E', '1 2', '1,2', '1\n']) assert.equal(normaliseDigits(other), null);
  });

  test('keys have the frequencies of ITU-T Q.23', () => {
    assert.deepEqual(keyFrequencies('1'), [697, 1209]);
    assert.deepEqual(keyFrequencies('5'), [770, 1336]);
    assert.deepEqual(keyFrequencies('#'), [941, 1477]);
    assert.deepEqual(keyFrequencies('d'), [941, 1633]);
    for (const other of ['', '12', 'E', '+']) assert.equal(keyFrequencies(other), null);
  });
});

describe('a call from the phone system', () => {
  const said: Call = {
    id: 'a',
    sessionId: 's',
    kind: 'call',
    direction: 'outgoing',
    state: 'active',
    heldLocally: false,
    heldRemotely: false,
    remote: { number: '1002', name: 'Sales' },
    line: '',
    video: false,
    remoteVideo: false,
    transfer: null,
    conference: null,
    startedAt: 101_000,
    answeredAt: 102_000,
    talk: { ms: 500, since: 103_000 },
  };

  test('has its times by the clock of this device', () => {
    const merged = mergeCall(undefined, said, 100_000);
    assert.equal(merged.startedAt, 1000);
    assert.equal(merged.answeredAt, 2000);
    assert.deepEqual(merged.talk, { ms: 500, since: 3000 });
  });

  test('keeps what only this device knows', () => {
    const before = call('a', 'out', 'ringing', {
      muted: true,
      camera: 'on',
      media: 'connected',
      pending: 'hold',
    });
    const { muted, camera, media, pending, state } = mergeCall(before, said, 0);
    assert.deepEqual(
      { muted, camera, media, pending, state },
      {
        muted: true,
        camera: 'on',
        media: 'connected',
        pending: 'hold',
        state: 'active',
      },
    );
  });

  test('ends with its reason, its talk time standing still and its devices off', () => {
    const before = call('a', 'out', 'active', { camera: 'on', remoteVideo: true, pending: 'hang-up' });
    const over = mergeCall(before, { ...said, state: 'ended', endReason: 'remote-hung-up' }, 0);
    assert.equal(over.endReason, 'remote-hung-up');
    assert.equal(over.talk.since, null);
    assert.ok(over.talk.ms >= 500);
    assert.deepEqual([over.camera, over.remoteVideo, over.pending, over.media], ['off', false, null, 'idle']);
    assert.ok(over.endedAt);
  });

  test('a reason of this device stays', () => {
    const first = endedCall(
      call('a', 'out', 'active', { talk: { ms: 1000, since: 5000 } }),
      'no-media-path',
      6500,
    );
    const second = endedCall(first, 'hung-up', 9000);
    assert.equal(second.endReason, 'no-media-path');
    assert.equal(second.endedAt, 6500);
    assert.deepEqual(second.talk, { ms: 2500, since: null });
  });
});

describe('the mean opinion score', () => {
  test('is near its best on a good network', () => {
    const best = meanOpinionScore(0, 2, 20);
    assert.ok(best > 4.3 && best <= 4.5, String(best));
  });

  test('falls with loss, jitter and delay, and never below 1', () => {
    const good = meanOpinionScore(0, 5, 50);
    assert.ok(meanOpinionScore(0.05, 5, 50) < good - 0.5);
    assert.ok(meanOpinionScore(0, 120, 50) < good);
    assert.ok(meanOpinionScore(0, 5, 800) < good - 0.5);
    assert.equal(meanOpinionScore(1, 1000, 5000), 1);
  });

  test('knows no round trip as none', () =>
    assert.equal(meanOpinionScore(0, 5, null), meanOpinionScore(0, 5, 0)));
});
