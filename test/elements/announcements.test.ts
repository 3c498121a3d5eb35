/** What a screen reader says of one call, tag by tag: what a person has to know, once, and no clock. */
import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/define/all.js';
import type { PhoneCall, PhoneState, Session } from '../../src/phone/state.js';
import { aCall, SIGNED_IN, type FakePhone } from '../support/fake-phone.js';
import { Listener } from '../support/listener.js';
import { EXTENSIONS, incoming, unanswered } from './calls.js';
import { inside, rendered, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const CALLER = { remote: { number: '1003', name: 'Support' }, line: '' };
const SUPERVISOR: PhoneState = {
  ...SIGNED_IN,
  extensions: EXTENSIONS,
  identity: { ...SIGNED_IN.identity!, privileges: ['users', 'sessions.view', 'calls.pickup'] },
};

/** What a phone knows at one moment of the call. */
interface Moment {
  readonly call: Partial<PhoneCall> & { state: PhoneCall['state'] };
  readonly session: Session['state'];
  readonly extension: 'idle' | 'ringing' | 'busy';
}

const TALK = { call: { state: 'active' }, session: 'InCall', extension: 'busy' } as const;
const heldLocally = { ...TALK, call: { state: 'active', heldLocally: true }, session: 'OnHold' } as const;

/** One call: it rings, is answered, talked in, measured, held, gone on with, muted, and over. */
const CALL: readonly Moment[] = [
  { call: { state: 'ringing' }, session: 'Ringing', extension: 'ringing' },
  { call: { state: 'active', media: 'connecting' }, session: 'InCall', extension: 'busy' },
  ...Array.from({ length: 8 }, () => TALK),
  heldLocally,
  heldLocally,
  TALK,
  { ...TALK, call: { state: 'active', muted: true } },
  ...Array.from({ length: 4 }, () => TALK),
];

function sessionOf(moment: Moment, at: number): Session {
  return {
    ...{ id: 's', masterId: 's', state: moment.session, direction: 'Internal' },
    ...{ caller: '1003', callee: '1001', callerName: 'Support', calleeName: 'Front desk' },
    ...{ callerLegId: '', calleeLegId: '', source: '', sourceType: '', destination: '', destinationType: '' },
    ...{ dialedNumber: '', stateSince: at, startedAt: at, talk: { ms: at, since: null } },
  } as Session;
}

/** A call that comes in; with a call button, one that goes out by it. */
async function begin(tag: LitElement, fake: FakePhone): Promise<PhoneCall> {
  if (tag.localName !== 'ozeki-call-button') return { ...aCall(CALLER), ...incoming(CALLER) };
  fake.answer = () => new Promise(() => {});
  inside(tag, 'button').click();
  const dialed = () => fake.commands.find(([name]) => name === 'dial') as [string, string, { id: string }];
  await waitUntil(dialed, 'it has dialed');
  const [, , { id }] = dialed();
  return { ...aCall(CALLER), ...unanswered(CALLER), id };
}

/** Lets the whole call happen, with a clock that goes on by seven seconds each time it is looked at. */
async function toldBy(markup: string, ready: string): Promise<string[]> {
  const { tag, fake } = await withPhone<LitElement>(markup, SUPERVISOR);
  fake.control.answerHistory = () => ({ total: 0, records: [] });
  await rendered(tag);
  if (ready) await waitUntil(() => tag.shadowRoot!.querySelector(ready), `there is ${ready}`);
  const listener = new Listener(tag);
  const talk = await begin(tag, fake);
  const { id } = talk;
  let at = Date.now() - 300_000;
  for (const [index, moment] of CALL.entries()) {
    at += 7000;
    const answered = moment.call.state === 'active';
    const quality = { at, mos: 4.3 - index / 100, loss: index / 1000, jitter: 3 + index, roundTrip: 20 };
    const call: PhoneCall = {
      ...talk,
      ...(answered && { answeredAt: at, quality, qualityLog: [quality], media: 'connected' }),
      talk: { ms: index * 7000, since: null },
      ...moment.call,
    };
    fake.set({
      calls: [call],
      selectedCallId: id,
      sessions: [sessionOf(moment, index * 7000)],
      extensions: EXTENSIONS.map((one) => (one.id === '1003' ? { ...one, status: moment.extension } : one)),
    });
    await rendered(tag);
    await rendered(tag);
  }
  fake.set({
    calls: [{ ...talk, state: 'ended', endReason: 'remote-hung-up', answeredAt: at, endedAt: at }],
    sessions: [],
    extensions: EXTENSIONS,
  });
  await rendered(tag);
  // The words for an end are loaded.
  await rendered(tag);
  await rendered(tag);
  fake.set({ calls: [], selectedCallId: null });
  await rendered(tag);
  listener.stop();
  return listener.told;
}

/** By tag: what is told, word by word. */
const TOLD: readonly (readonly [markup: string, told: readonly string[], ready?: string])[] = [
  [
    '<ozeki-call></ozeki-call>',
    [
      'Incoming call Support',
      'Connecting the sound… Support',
      'On hold Support',
      'Call ended Support',
      'The other side hung up.',
    ],
  ],
  ['<ozeki-incoming-call></ozeki-incoming-call>', ['Incoming call: Support 1003']],
  ['<ozeki-call-list></ozeki-call-list>', ['Incoming call: Support']],
  ['<ozeki-dialpad></ozeki-dialpad>', []],
  ['<ozeki-session-list></ozeki-session-list>', ['1 session', '0 sessions']],
  ['<ozeki-extension-status></ozeki-extension-status>', ['1003 Support: Ringing']],
  ['<ozeki-operator-panel></ozeki-operator-panel>', ['1003 Support is waiting for 1001 Front desk'], '.desk'],
  ['<ozeki-call-history></ozeki-call-history>', []],
  ['<ozeki-contacts></ozeki-contacts>', []],
  ['<ozeki-call-quality></ozeki-call-quality>', []],
  ['<ozeki-camera></ozeki-camera>', []],
  ['<ozeki-device-settings></ozeki-device-settings>', []],
  [
    '<ozeki-call-button number="1003"></ozeki-call-button>',
    ['Connecting…', 'Ringing…', 'Connecting the sound…', 'In a call', 'The other side hung up.'],
  ],
  ['<ozeki-chat></ozeki-chat>', []],
  [
    '<ozeki-webphone></ozeki-webphone>',
    ['Incoming call: Support 1003', 'On hold Support', 'Call ended Support', 'The other side hung up.'],
  ],
];

describe('what a screen reader is told of a whole call', () => {
  for (const [markup, expected, ready = ''] of TOLD)
    it(`by ${markup}`, async () => {
      expect(await toldBy(markup, ready)).to.deep.equal(expected);
    });
});
