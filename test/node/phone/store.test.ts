import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preparedCall } from '../../../src/phone/calls.js';
import { Store } from '../../../src/phone/store.js';

const CALL = preparedCall('a', 'outgoing', '1002', 0);

test('a snapshot and everything in it is frozen', () => {
  const store = new Store();
  store.set({ calls: [CALL] });
  const { state } = store;
  assert.throws(() => Object.assign(state, { clockOffset: 1 }), TypeError);
  assert.throws(() => (state.calls as unknown[]).push(CALL), TypeError);
  assert.throws(() => Object.assign(state.calls[0]!.remote, { name: 'x' }), TypeError);
});

test('a change is a new snapshot that shares what did not change', () => {
  const store = new Store();
  store.set({ calls: [CALL] });
  const before = store.state;
  store.set({ clockOffset: 5 });
  assert.notEqual(store.state, before);
  assert.equal(store.state.calls, before.calls);
  assert.equal(store.state.connection, before.connection);
  assert.equal(before.clockOffset, 0);
});

test('every change is told once, at once; none is told as none', () => {
  const store = new Store();
  const seen: number[] = [];
  const stop = store.subscribe(() => seen.push(store.state.clockOffset));
  store.set({ clockOffset: 1 });
  assert.deepEqual(seen, [1]);
  store.set({ clockOffset: 1 });
  assert.deepEqual(seen, [1]);
  store.set({ clockOffset: 2, selectedCallId: 'a' });
  assert.deepEqual(seen, [1, 2]);
  stop();
  store.set({ clockOffset: 3 });
  assert.deepEqual(seen, [1, 2]);
});

test('a listener may subscribe twice, stop itself, and stop once only', () => {
  const store = new Store();
  let count = 0;
  const listener = () => void count++;
  const stop = store.subscribe(listener);
  store.subscribe(listener);
  stop();
  stop();
  store.set({ clockOffset: 1 });
  assert.equal(count, 1);
});

test('a listener that throws is reported, and the others hear all the same', (context) => {
  const store = new Store();
  const reports: (() => void)[] = [];
  context.mock.method(globalThis, 'queueMicrotask', (report: () => void) => reports.push(report));
  let heard = false;
  store.subscribe(() => {
    throw new Error('mine');
  });
  store.subscribe(() => (heard = true));
  store.set({ clockOffset: 1 });
  assert.ok(heard);
  assert.throws(() => reports[0]!(), /mine/);
});

test('the same problem twice is two problems', () => {
  const store = new Store();
  store.report('busy', 'a');
  const first = store.state.problem;
  store.report('busy', 'a');
  assert.deepEqual(first, { id: 1, code: 'busy', callId: 'a' });
  assert.deepEqual(store.state.problem, { id: 2, code: 'busy', callId: 'a' });
});
