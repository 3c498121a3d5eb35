/** Phones that share one, as those in the tabs of a browser do: with the gateway, without sound. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createPhone, type PhoneHandle, type PhoneState } from '../../../src/phone/index.js';
import { provideWebSocket } from '../../support/gateway-stand-in.js';
import { Locks } from '../../support/locks.js';
import { SilentMedia } from '../../support/silent-media.js';
import { Client, startHouse, type House } from '../gateway/client.js';

provideWebSocket();

interface Tab {
  readonly phone: PhoneHandle;
  readonly media: SilentMedia;
}

let house: House;
let locks: Locks;
let sales: Client;
let tabs: Tab[];

beforeEach(async () => {
  locks = new Locks();
  locks.provide();
  house = await startHouse({ allowedOrigins: ['loopback'] });
  sales = await house.connect();
  await sales.open('1002');
  tabs = [];
});
afterEach(async () => {
  for (const { phone } of tabs) await phone.dispose();
  await sales.close();
  await house.close();
});

async function open(password = 'demo-1001', shared = true): Promise<Tab> {
  const media = new SilentMedia();
  const phone = createPhone({ media: () => media });
  tabs.push({ phone, media });
  await phone.connect({ server: house.url, signIn: { extension: '1001', password }, tabs: shared });
  return { phone, media };
}

function until({ phone }: Tab, fits: (state: PhoneState) => unknown): Promise<PhoneState> {
  return new Promise((resolve) => {
    const look = () => {
      if (!fits(phone.getState())) return;
      stop();
      resolve(phone.getState());
    };
    const stop = phone.subscribe(look);
    look();
  });
}

const connected = ({ connection }: PhoneState) => connection.status === 'connected';
const leads = (tab: Tab) => until(tab, (state) => !state.following && connected(state));
const follows = (tab: Tab) => until(tab, (state) => state.following && connected(state));
const only = ({ calls }: PhoneState) => calls[0]!;
const clients = () => house.system.vitals().connections;

/** A call of the tab that has the phone, which the other side has accepted. */
async function talking(tab: Tab): Promise<void> {
  await tab.phone.dial('1002');
  const { id } = await sales.event('call.changed', ({ state }) => state === 'ringing');
  await sales.ask('call.accept', { callId: id, offer: 'v=0 sales', video: false });
  await until(tab, ({ calls }) => calls.some(({ state }) => state === 'active'));
}

describe('tabs that share a phone', () => {
  it('are one client, know the same, and only one rings', async () => {
    const [first, second] = [await open(), await open()];
    assert.equal(clients(), 2);
    assert.deepEqual([first.phone.getState().following, second.phone.getState().following], [false, true]);
    assert.equal(second.phone.getState().identity!.number, '1001');
    await sales.ask('call.start', { callId: 'theirs', to: '1001', offer: 'v=0 sales', video: false });
    await until(second, ({ calls }) => calls.some(({ state }) => state === 'ringing'));
    assert.deepEqual([first.media.tone, second.media.tone], ['ringing', null]);
    second.phone.ignore(only(second.phone.getState()).id);
    await until(first, (state) => only(state).ignored);
    await second.phone.reject(only(second.phone.getState()).id);
    await until(first, (state) => only(state).state === 'ended');
  });

  it('act through the one that has the phone, and hear why it did not', async () => {
    const [first, second] = [await open(), await open()];
    await talking(first);
    await until(second, ({ calls }) => calls.some(({ state }) => state === 'active'));
    const { id } = only(second.phone.getState());
    second.phone.setMuted(id, true);
    await until(first, (state) => only(state).muted);
    await second.phone.hold(id);
    assert.equal(only(await until(first, (state) => only(state).heldLocally)).id, id);
    await assert.rejects(second.phone.unhold('no-such-call'), { name: 'PhoneError', code: 'not-found' });
    await assert.rejects(second.phone.transfer(id, ''), { code: 'empty-number' });
    const control = await second.phone.control();
    assert.ok((await control.watch()).users);
    await second.phone.hangUp(id);
    await until(first, (state) => only(state).state === 'ended');
    assert.equal(second.media.openCalls, 0);
  });

  it('go on with the call of one that is gone without a word', async () => {
    const [first, second] = [await open(), await open()];
    await talking(first);
    const { id } = only(await until(second, ({ calls }) => calls.some(({ state }) => state === 'active')));
    locks.drop();
    const state = await until(second, (now) => !now.following && connected(now));
    assert.deepEqual([only(state).id, only(state).state], [id, 'active']);
    while (second.media.openCalls < 1) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(house.system.vitals().legs, 2);
  });

  it('give the phone to the one that takes it, and follow that one', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    await talking(first);
    await until(third, ({ calls }) => calls.some(({ state }) => state === 'active'));
    await third.phone.takeOver();
    await leads(third);
    await follows(first);
    await follows(second);
    assert.equal(first.media.openCalls, 0);
    assert.equal(clients(), 2);
    const { id } = only(third.phone.getState());
    second.phone.setMuted(id, true);
    await until(third, (state) => only(state).muted);
    await until(first, (state) => only(state).muted);
    await first.phone.takeOver();
    await leads(first);
    await follows(third);
    assert.deepEqual([only(first.phone.getState()).id, only(first.phone.getState()).muted], [id, true]);
  });

  it('take a call where the person does', async () => {
    const [first, second] = [await open(), await open()];
    await sales.ask('call.start', { callId: 'theirs', to: '1001', offer: 'v=0 sales', video: false });
    const { calls } = await until(second, (state) => state.calls.some(({ state }) => state === 'ringing'));
    await second.phone.accept(calls[0]!.id);
    await until(second, (state) => only(state).state === 'active');
    await follows(first);
    assert.deepEqual([first.media.openCalls, second.media.openCalls], [0, 1]);
    assert.deepEqual([first.media.tone, second.media.tone], [null, null]);
  });

  it('go on when the one that has the phone signs out', async () => {
    const [first, second] = [await open(), await open()];
    await first.phone.disconnect();
    await leads(second);
    assert.equal(second.phone.getState().identity!.number, '1001');
    assert.equal(first.phone.getState().connection.status, 'signed-out');
  });

  it('leave the phone to the others when one that shows it signs out', async () => {
    const [first, second] = [await open(), await open()];
    await talking(first);
    await second.phone.disconnect();
    const { calls, connection, following } = second.phone.getState();
    assert.deepEqual([calls, connection.status, following], [[], 'signed-out', false]);
    assert.equal(only(first.phone.getState()).state, 'active');
    await assert.rejects(second.phone.dial('1002'));
  });

  it('are refused with another password, and by themselves where they want to be', async () => {
    const first = await open();
    const wrong = await open('wrong');
    assert.equal(wrong.phone.getState().connection.status, 'refused');
    assert.equal(wrong.phone.getState().identity, null);
    const separate = await open('demo-1001', false);
    assert.equal(separate.phone.getState().following, false);
    assert.equal(clients(), 3);
    await leads(first);
  });
});
