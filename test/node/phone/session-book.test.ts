import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionBook } from '../../../src/phone/later/session-book.js';
import type { Session } from '../../../src/phone/state.js';
import { Store } from '../../../src/phone/store.js';

function session(id: number, state: Session['state'] = 'InCall'): Session {
  const parties = { caller: '1001', callee: '1002', callerName: '', calleeName: '' };
  const legs = { callerLegId: '', calleeLegId: '', source: '', sourceType: '' };
  const goal = { destination: '', destinationType: '', dialedNumber: '' };
  const times = { startedAt: 0, stateSince: 0, talk: { ms: 0, since: null } };
  return {
    id: `s${id}`,
    masterId: `s${id}`,
    state,
    direction: 'Internal',
    ...parties,
    ...legs,
    ...goal,
    ...times,
  };
}

const change = (session: Session, closed = false) => ({ type: 'session', session, closed }) as const;

/** A book over a store with so many sessions in it, and how often a change was told. */
function book(count: number) {
  const store = new Store();
  const sessions = new SessionBook(store);
  store.set({ sessions: Array.from({ length: count }, (_, index) => session(index)) });
  const told = { times: 0 };
  store.subscribe(() => told.times++);
  return { store, sessions, told };
}

test('changes are told together, a picture later', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { store, sessions, told } = book(10_000);
  const before = store.state.sessions;
  for (let index = 0; index < 100; index++) sessions.hear(change(session(index, 'OnHold'), false));
  sessions.hear(change(session(5000), true));
  assert.equal(told.times, 0);
  context.mock.timers.tick(16);
  assert.equal(told.times, 1);
  assert.equal(store.state.sessions.length, 9999);
  assert.equal(store.state.sessions[99]!.state, 'OnHold');
  assert.equal(store.state.sessions[100], before[100], 'what did not change is the same object');
  context.mock.timers.tick(100);
  assert.equal(told.times, 1, 'nothing new, nothing told');
});

test('what is asked to be told is told at once, and once', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { store, sessions, told } = book(1000);
  sessions.hear(change(session(0), true));
  sessions.tell();
  assert.equal(store.state.sessions.length, 999);
  sessions.tell();
  context.mock.timers.tick(100);
  assert.equal(told.times, 1);
});

test('a new sign-in makes what was gathered void', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { store, sessions } = book(1000);
  sessions.hear(change(session(0), true));
  store.set({ sessions: [session(7), session(9)] });
  context.mock.timers.tick(100);
  assert.deepEqual(
    store.state.sessions.map(({ id }) => id),
    ['s7', 's9'],
  );
  sessions.hear(change(session(8), false));
  assert.deepEqual(
    store.state.sessions.map(({ id }) => id),
    ['s7', 's9', 's8'],
  );
});

test('the list and what is in it are frozen', () => {
  const { store, sessions } = book(300);
  sessions.hear(change(session(1, 'OnHold'), false));
  sessions.tell();
  assert.throws(() => (store.state.sessions as unknown[]).push(1), TypeError);
  assert.throws(() => Object.assign(store.state.sessions[1]!.talk, { ms: 1 }), TypeError);
});
