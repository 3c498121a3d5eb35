/** Every tag of the kit in its main states, for tests of what holds for all of them. */
import { fixtureSync, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/define/all.js';
import type { HistoryRecord, KeptMessage } from '../../src/phone/control/control.js';
import type { PhoneCall, PhoneState, Session } from '../../src/phone/state.js';
import { aCall, FakePhone, SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { EXTENSIONS, incoming, nameOf, onHold, unanswered } from './calls.js';
import { rendered, still, TestClient, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

export interface Scene {
  readonly tag: LitElement;
  readonly host: HTMLElement;
  readonly fake: FakePhone;
}

/** A state of a tag: how it comes about, and words that it shows. */
export interface SceneOf {
  readonly show: () => Promise<Scene>;
  readonly words: RegExp;
  /** What was opened: by which button, and how it is found. Escape closes it. */
  readonly opened?: { readonly by: string; readonly part: string };
}

const NOW = Date.now();

function session(index: number, differences: Partial<Session> = {}): Session {
  return {
    ...{ id: `s${index}`, masterId: `s${index}`, state: 'InCall', direction: 'Internal' },
    ...{ caller: '1001', callee: '1002', callerName: 'Front desk', calleeName: 'Sales' },
    ...{ callerLegId: '', calleeLegId: '', source: '', sourceType: '', destination: '', destinationType: '' },
    ...{ dialedNumber: '', stateSince: 0, startedAt: NOW - index * 1000, talk: { ms: 60_000, since: null } },
    ...differences,
  } as Session;
}

const RECORD: HistoryRecord = {
  ...{
    callId: 'r1',
    masterId: 'r1',
    startedAt: NOW - 300_000,
    answeredAt: NOW - 295_000,
    endedAt: NOW - 9000,
  },
  ...{ talkMs: 120_000, direction: 'Internal', source: '1002', destination: '1001', caller: '1002' },
  ...{ callee: '1001', callerName: 'Sales', calleeName: 'Front desk', dialed: '1001', state: 'CallerHungUp' },
};

const DEVICES: PhoneState['devices'] = {
  ...SIGNED_IN.devices,
  microphones: [
    { id: 'm1', label: 'Headset of a maker with a long name (0d8c:0014)' },
    { id: 'm2', label: 'Desk microphone' },
  ],
  speakers: [{ id: 's1', label: 'Headset of a maker with a long name (0d8c:0014)' }],
  cameras: [{ id: 'c1', label: 'Front camera of a maker with a long name' }],
};

const EVERYTHING: PhoneState = {
  ...SIGNED_IN,
  devices: DEVICES,
  extensions: EXTENSIONS,
};
const SUPERVISOR: PhoneState = {
  ...EVERYTHING,
  identity: { ...SIGNED_IN.identity!, number: '1004', privileges: ['sessions.view', 'sessions.modify'] },
};

/** How a call was heard in the last seconds. */
const measured = Array.from({ length: 30 }, (_, index) => ({
  ...{ at: NOW - (30 - index) * 2000, mos: 4.2 - (index % 7) * 0.2 },
  ...{ loss: (index % 5) / 100, jitter: 4 + index, roundTrip: 40 + index * 3 },
}));

const button = (tag: Element, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find((one) => nameOf(one) === name)!;

/** A tag inside a signed-in phone with these calls. */
async function shown(markup: string, state: PhoneState, calls: PhoneCall[] = []): Promise<Scene> {
  const scene = await withPhone<LitElement>(markup, SIGNED_OUT);
  scene.fake.control.directory = {
    users: [
      {
        ...{ id: 'zoe', fullName: 'Zoë Kiss', emailAddress: 'zoe@example.com', phoneNumber: '1002' },
        ...{ mobileNumber: '+36201234567', extensions: ['1003'] },
      },
    ],
    clients: [],
    legacySessionStates: false,
  };
  scene.fake.control.answerHistory = () => ({
    total: 60,
    records: [
      RECORD,
      { ...RECORD, callId: 'r2', masterId: 'r2', answeredAt: null, talkMs: 0, state: 'Cancelled' },
    ],
  });
  scene.fake.set({ ...state, calls, selectedCallId: calls[0]?.id ?? null });
  await rendered(scene.tag);
  await rendered(scene.tag);
  return scene;
}

/** The same, once its shadow root has what the words or the selector say: what is loaded later, too. */
async function until(scene: Promise<Scene>, selector: string): Promise<Scene> {
  const { tag } = await scene;
  await waitUntil(() => tag.shadowRoot!.querySelector(selector), `there is ${selector}`);
  await rendered(tag);
  await still(tag);
  return scene;
}

/** The same, after a button was pressed that opens something. */
async function pressed(scene: Promise<Scene>, name: string, part: string): Promise<Scene> {
  const { tag } = await scene;
  await waitUntil(() => button(tag, name), `there is ${name}`);
  button(tag, name).focus();
  button(tag, name).click();
  return until(scene, part);
}

async function client(act: (client: TestClient) => void): Promise<Scene> {
  const made = document.createElement('test-client') as TestClient;
  const { host } = await withPhone('<span></span>');
  act(made);
  host.replaceChildren(made);
  await rendered(made);
  const asks = () => made.shadowRoot!.querySelector('button');
  // The words for a problem are loaded when there is one.
  const told = () => made.shadowRoot!.querySelector('#problem')?.textContent.trim() !== '';
  await waitUntil(() => asks() && told(), 'it shows what it has to say');
  await rendered(made);
  return { tag: made, host, fake: made.fake };
}

/** A tag with a phone of its own, which has nothing to connect with. */
async function alone(markup: string): Promise<Scene> {
  const host = fixtureSync<HTMLElement>(html`<div></div>`);
  host.innerHTML = markup;
  const tag = host.firstElementChild as LitElement;
  await rendered(tag);
  return { tag, host, fake: new FakePhone(SIGNED_OUT) };
}

const call = (...calls: PhoneCall[]) => shown('<ozeki-call></ozeki-call>', EVERYTHING, calls);
const VISITOR = 'A visitor of the web site with a name that is long';

async function callButton(differences?: Partial<PhoneCall>): Promise<Scene> {
  const scene = await shown(
    '<ozeki-call-button number="1002">Phone our sales desk</ozeki-call-button>',
    SIGNED_IN,
  );
  const { tag, fake } = scene;
  if (!differences) return scene;
  fake.answer = () => new Promise(() => {});
  button(tag, nameOf(tag.shadowRoot!.querySelector('button')!)).click();
  await waitUntil(() => fake.commands.some(([name]) => name === 'dial'));
  const [, , options] = fake.commands.find(([name]) => name === 'dial')! as [string, string, { id: string }];
  fake.setCalls(aCall({ id: options.id, ...differences }));
  await rendered(tag);
  return scene;
}

const OURS = { number: '1001', name: 'Front desk' };
const SALES = { number: '1002', name: 'Sales' };
const LONG_WORD = 'https://example.com/' + 'a-long-address-without-a-break/'.repeat(6);

/** Something written this morning: by this phone's number, or by Sales. */
const written = (text: string, mine = false, differences: Partial<KeptMessage> = {}): KeptMessage => ({
  ...{ id: `m-${text.slice(0, 8)}`, from: mine ? OURS : SALES, to: mine ? SALES : OURS },
  ...{ text, at: NOW - 60_000, state: 'delivered' },
  ...differences,
});
const WRITTEN = [
  written('Can you take the call from Budapest?'),
  written('Yes, put it through.\nI am at my desk.', true),
  written('شكرا جزيلا'),
  written(LONG_WORD),
  written('On my way', true, { state: 'failed' }),
];

/** A chat, or a whole phone, with what was written. */
async function writing(markup: string, calls: PhoneCall[] = []): Promise<Scene> {
  const scene = await shown(markup, SIGNED_OUT);
  scene.fake.control.answerConversations = () => [
    { with: SALES, unread: 2, last: written(LONG_WORD) },
    { with: { number: '+3613710150', name: VISITOR }, unread: 0, last: written('Thank you', true) },
  ];
  scene.fake.control.answerMessages = () => ({ messages: [...WRITTEN].reverse(), more: true });
  scene.fake.set({ ...EVERYTHING, calls, selectedCallId: calls[0]?.id ?? null });
  await rendered(scene.tag);
  return scene;
}

const webphone = (attributes = '', ...calls: PhoneCall[]) =>
  until(writing(`<ozeki-webphone ${attributes}></ozeki-webphone>`, calls), '[role=tab]');

/** A tab of a phone, when its tag shows something. */
async function tab(name: string, selector: string, ...calls: PhoneCall[]): Promise<Scene> {
  const scene = await webphone(`tab="${name}"`, ...calls);
  const { tag } = scene;
  const inner = () => tag.shadowRoot!.querySelector<LitElement>(`#panel-${name} > :defined`);
  await waitUntil(() => inner()?.shadowRoot?.querySelector(selector), `${name} shows ${selector}`);
  await rendered(inner()!);
  return scene;
}

/** By tag and state. */
export const SCENES: Record<string, Record<string, SceneOf>> = {
  'ozeki-client': {
    'signing in': { show: () => client(() => {}), words: /Sign in/ },
    'looking for the connection': {
      show: () =>
        client((made) => {
          made.setAttribute('token', 'a');
          made.fake.set({
            connection: {
              ...SIGNED_IN.connection,
              status: 'reconnecting',
              problem: 'lost',
              retryAt: NOW + 600_000,
            },
          });
        }),
      words: /lost/,
    },
  },
  'ozeki-dialpad': {
    idle: { show: () => shown('<ozeki-dialpad></ozeki-dialpad>', SIGNED_IN), words: /Call/ },
    'in a call': { show: () => shown('<ozeki-dialpad></ozeki-dialpad>', SIGNED_IN, [aCall()]), words: /5/ },
  },
  'ozeki-call': {
    'no call': { show: () => call(), words: /No call/ },
    ringing: { show: () => call(incoming({ remote: { number: 'Qdb3W', name: VISITOR } })), words: /Accept/ },
    dialing: { show: () => call(unanswered({ state: 'dialing' })), words: /Calling/ },
    active: { show: () => until(call(aCall()), '.quality'), words: /Hang up/ },
    held: { show: () => call(onHold({ quality: null })), words: /On hold/ },
    keypad: {
      show: () => pressed(call(aCall()), 'Keypad', '.panel'),
      words: /5/,
      opened: { by: 'Keypad', part: '.panel' },
    },
    transfer: {
      show: () => pressed(call(aCall()), 'Transfer', '.panel'),
      words: /Transfer now/,
      opened: { by: 'Transfer', part: '.panel' },
    },
    forward: {
      show: () => pressed(call(incoming()), 'Forward', '.panel'),
      words: /Forward now/,
      opened: { by: 'Forward', part: '.panel' },
    },
    'with another on hold': {
      show: () => until(call(aCall(), onHold(), incoming()), '.strip'),
      words: /Support/,
    },
    ended: {
      show: () =>
        until(
          call(aCall({ state: 'ended', endReason: 'microphone-refused', endedAt: NOW })),
          '[part=dismiss]',
        ),
      words: /Call again/,
    },
  },
  'ozeki-session-list': {
    empty: {
      show: () => shown('<ozeki-session-list></ozeki-session-list>', SUPERVISOR),
      words: /No sessions/,
    },
    'with commands': {
      show: () =>
        until(
          shown('<ozeki-session-list></ozeki-session-list>', {
            ...SUPERVISOR,
            sessions: [session(1), session(2, { state: 'OnHold' })],
          }),
          '.action',
        ),
      words: /In call/,
    },
    long: {
      show: () =>
        until(
          shown('<ozeki-session-list></ozeki-session-list>', {
            ...EVERYTHING,
            sessions: Array.from({ length: 60 }, (_, index) => session(index)),
          }),
          '.find',
        ),
      words: /In call/,
    },
  },
  'ozeki-extension-status': {
    'some extensions': {
      show: () => shown('<ozeki-extension-status></ozeki-extension-status>', EVERYTHING),
      words: /Support/,
    },
  },
  'ozeki-call-button': {
    idle: { show: () => callButton(), words: /Call|^/ },
    active: { show: () => callButton({}), words: /Hang up/ },
  },
  'ozeki-call-history': {
    'some calls': {
      show: () => until(shown('<ozeki-call-history></ozeki-call-history>', EVERYTHING), '[data-row]'),
      words: /Sales/,
    },
  },
  'ozeki-contacts': {
    'some contacts': {
      show: () => until(shown('<ozeki-contacts messages></ozeki-contacts>', EVERYTHING), '.entry'),
      words: /Zoë Kiss/,
    },
  },
  'ozeki-call-list': {
    'no call': { show: () => shown('<ozeki-call-list></ozeki-call-list>', EVERYTHING), words: /No call/ },
    'calls to merge': {
      show: () =>
        until(
          shown('<ozeki-call-list></ozeki-call-list>', EVERYTHING, [
            aCall(),
            onHold(),
            incoming({ remote: { number: 'Qdb3W', name: VISITOR } }),
          ]),
          '[part~=merge], [part~=choose]',
        ),
      words: /Support/,
    },
    'a conference': {
      show: () =>
        until(
          shown('<ozeki-call-list></ozeki-call-list>', EVERYTHING, [
            aCall({ conference: 'x' }),
            aCall({ conference: 'x', remote: { number: '1003', name: 'Support' } }),
          ]),
          '[part~=conference]',
        ),
      words: /Conference with 2 people/,
    },
  },
  'ozeki-operator-panel': {
    'a caller who waits, and a call': {
      show: () =>
        until(
          shown('<ozeki-operator-panel></ozeki-operator-panel>', {
            ...SUPERVISOR,
            identity: {
              ...SUPERVISOR.identity!,
              privileges: ['sessions.view', 'sessions.modify', 'sessions.listen', 'calls.pickup', 'users'],
            },
            sessions: [session(1), session(2, { state: 'Ringing', callerName: VISITOR, callee: '1003' })],
          }),
          '.desk',
        ),
      words: /Support/,
    },
  },
  'ozeki-incoming-call': {
    'two calls': {
      show: () =>
        until(
          shown('<ozeki-incoming-call></ozeki-incoming-call>', EVERYTHING, [
            incoming({ remote: { number: 'Qdb3W', name: VISITOR } }),
            incoming({ remote: { number: '1003', name: 'Support' }, line: '', video: true }),
          ]),
          'button',
        ),
      words: /Accept/,
    },
    forward: {
      show: () =>
        pressed(
          shown('<ozeki-incoming-call></ozeki-incoming-call>', EVERYTHING, [incoming()]),
          'Forward',
          'input',
        ),
      words: /Forward now/,
      opened: { by: 'Forward', part: 'input' },
    },
  },
  'ozeki-chat': {
    'nobody signed in': {
      show: () => shown('<ozeki-chat></ozeki-chat>', SIGNED_OUT),
      words: /Sign in to see/,
    },
    'no messages': {
      show: () => until(shown('<ozeki-chat></ozeki-chat>', EVERYTHING), '.search'),
      words: /No messages yet/,
    },
    conversations: {
      show: () => until(writing('<ozeki-chat></ozeki-chat>'), '[data-row]'),
      words: /Sales/,
    },
    'a conversation': {
      show: () => until(writing('<ozeki-chat with="1002"></ozeki-chat>'), '.bubble'),
      words: /put it through/,
    },
  },
  'ozeki-webphone': {
    'signing in': { show: () => alone('<ozeki-webphone></ozeki-webphone>'), words: /Sign in/ },
    keypad: { show: () => webphone(), words: /Keypad/ },
    'in a call': { show: () => webphone('', aCall(), onHold()), words: /Messages/ },
    calls: { show: () => tab('calls', '[data-row]', aCall(), onHold()), words: /Back to call/ },
    'no calls': { show: () => tab('calls', '.empty'), words: /Calls/ },
    messages: { show: () => tab('messages', '[data-row]'), words: /2 unread/ },
    contacts: { show: () => tab('contacts', '.entry'), words: /Contacts/ },
    settings: { show: () => tab('settings', '.option'), words: /Sign out/ },
    'floating, open': {
      show: () => until(webphone('floating open'), '.close'),
      words: /Keypad/,
    },
    'floating, closed': {
      show: () => until(writing('<ozeki-webphone floating></ozeki-webphone>'), '.launcher .badge'),
      words: /Open phone/,
    },
  },
  'ozeki-device-settings': {
    ready: {
      show: () => until(shown('<ozeki-device-settings></ozeki-device-settings>', EVERYTHING), '.option'),
      words: /Microphone/,
    },
  },
  'ozeki-camera': {
    off: { show: () => shown('<ozeki-camera></ozeki-camera>', EVERYTHING), words: /The camera is off/ },
  },
  'ozeki-call-quality': {
    measured: {
      show: () =>
        shown('<ozeki-call-quality></ozeki-call-quality>', EVERYTHING, [
          aCall({ quality: measured.at(-1)!, qualityLog: measured, qualityWarnings: ['loss', 'jitter'] }),
        ]),
      words: /MOS/,
    },
    'no call': {
      show: () => shown('<ozeki-call-quality></ozeki-call-quality>', EVERYTHING),
      words: /No call to measure/,
    },
  },
};

/** Each state of each tag. */
export const ALL: readonly (readonly [name: string, scene: SceneOf])[] = Object.entries(SCENES).flatMap(
  ([tag, states]) => Object.entries(states).map(([state, scene]) => [`<${tag}> ${state}`, scene] as const),
);

/** Elements of a tag that can be used and are seen. */
export function usable(tag: Element): HTMLElement[] {
  const all = tag.shadowRoot!.querySelectorAll<HTMLElement>(
    'button, a[href], input, select, textarea, summary, [tabindex]:not([tabindex="-1"])',
  );
  return [...all].filter(
    (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.visually-hidden, [inert]'),
  );
}
