/** The configuration changes while phones are connected. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startHouse } from './client.js';

const ANN = {
  ...{ id: 'ann', fullName: 'Ann Lee', emailAddress: '', phoneNumber: '', mobileNumber: '' },
  extensions: ['1001'],
};
const BOB = { ...ANN, id: 'bob', fullName: 'Bob Ray', extensions: ['1002'] };

describe('another configuration at run time', () => {
  it('tells of extensions, lines and rooms that are new, changed or gone', async () => {
    const house = await startHouse({ conferences: [{ id: '5000', name: 'Conference' }] });
    const desk = await house.connect();
    await desk.open('1001');
    const { extensions, outsideLines } = house.settings;
    house.system.reconfigure({
      ...house.settings,
      extensions: [
        ...extensions.filter(({ id }) => id !== '1002').map((each) => ({ ...each, name: `New ${each.id}` })),
        { ...extensions[0]!, id: '1009', name: 'Night' },
      ],
      outsideLines: outsideLines.map((line) => ({ ...line, id: 'shop' })),
      conferences: [{ id: '5001', name: 'Other room' }],
    });
    await desk.event('extension.changed', ({ id, name }) => id === '5001' && name === 'Other room');
    assert.deepEqual(
      desk
        .told('extension.removed')
        .map(({ id }) => id)
        .sort(),
      ['1002', '5000', 'website'],
    );
    const changed = new Map(desk.told('extension.changed').map((each) => [each.id, each]));
    assert.deepEqual(changed.get('1009'), {
      ...{ id: '1009', name: 'Night', kind: 'extension', type: 'Webphone', status: 'offline' },
    });
    assert.deepEqual(
      [changed.get('1001')?.name, changed.get('1001')?.status, changed.get('shop')?.kind],
      ['New 1001', 'idle', 'line'],
    );

    const night = await house.connect();
    const credentials = { kind: 'password', extension: '1009', password: 'demo-1001' } as const;
    const welcome = await night.ask('connection.open', { protocol: 1, credentials });
    assert.equal(welcome.identity.name, 'Night');
    assert.equal(welcome.extensions.find(({ id }) => id === '5001')?.type, 'Conference');
    assert.equal(
      welcome.extensions.some(({ id }) => id === '5000'),
      false,
    );
    for (const client of [desk, night]) await client.close();
    await house.close();
  });

  it('closes the connections of accounts that are gone; their calls end, others go on', async () => {
    const house = await startHouse();
    const [front, sales, support, chief] = await Promise.all([1, 2, 3, 4].map(() => house.connect()));
    await front!.open('1001');
    await sales!.open('1002');
    await support!.open('1003');
    await chief!.open('1004');
    await front!.ask('call.start', { callId: 'a', to: '1002', offer: 'v=0', video: false });
    const ringing = await sales!.event('call.changed', ({ state }) => state === 'ringing');
    await sales!.ask('call.accept', { callId: ringing.id, offer: 'v=0', video: false });
    await support!.ask('call.start', { callId: 'b', to: '1004', offer: 'v=0', video: false });
    const other = await chief!.event('call.changed', ({ state }) => state === 'ringing');
    await chief!.ask('call.accept', { callId: other.id, offer: 'v=0', video: false });
    const { extensions } = house.settings;
    house.system.reconfigure({ ...house.settings, extensions: extensions.filter(({ id }) => id !== '1002') });
    assert.equal((await sales!.event('connection.closing')).reason, 'account-removed');
    assert.equal(await sales!.closed, 1008);
    const over = await front!.event('call.changed', ({ state }) => state === 'ended');
    assert.equal(over.endReason, 'remote-hung-up');
    await support!.ask('connection.ping', {});
    assert.equal(support!.told('call.changed').at(-1)?.state, 'active');
    const again = await house.connect();
    const credentials = { kind: 'password', extension: '1002', password: 'demo-1002' };
    assert.equal((await again.fails('connection.open', { protocol: 1, credentials })).reason, 'unauthorized');
    for (const client of [front!, support!, chief!, again]) await client.close();
    await house.close();
  });

  it('takes privileges away at once', async () => {
    const house = await startHouse({ users: [ANN, BOB] });
    const [chief, front] = [await house.connect(), await house.connect()];
    await chief.open('1004');
    await front.open('1001');
    assert.equal((await chief.ask('directory.watch', {})).users.length, 2);
    const { extensions } = house.settings;
    house.system.reconfigure({
      ...house.settings,
      extensions: extensions.map((each) => ({ ...each, privileges: [] })),
    });
    const setUp = await chief.fails('calls.setup', { caller: '1001', callee: '1002' });
    assert.equal(setUp.reason, 'forbidden');
    await front.ask('call.start', { callId: 'a', to: '1002', offer: 'v=0', video: false });
    await front.event('session.closed');
    await chief.ask('connection.ping', {});
    assert.deepEqual(chief.told('session.changed'), [], 'it sees no sessions of others any more');
    for (const client of [chief, front]) await client.close();
    await house.close();
  });

  it('tells who watches which users are new, changed or gone', async () => {
    const house = await startHouse({ users: [ANN, BOB] });
    const [watcher, deaf] = [await house.connect(), await house.connect()];
    await watcher.open('1001');
    await deaf.open('1003');
    await watcher.ask('directory.watch', {});
    const renamed = { ...ANN, fullName: 'Ann Grey' };
    const eve = { ...ANN, id: 'eve', fullName: 'Eve', extensions: ['1003'] };
    house.system.reconfigure({ ...house.settings, users: [renamed, eve] });
    await watcher.until(() => watcher.told('user.changed').length === 2);
    assert.deepEqual(watcher.told('user.removed'), [{ id: 'bob' }]);
    assert.deepEqual(watcher.told('user.changed'), [renamed, eve]);
    await deaf.ask('connection.ping', {});
    assert.deepEqual([deaf.told('user.changed'), deaf.told('user.removed')], [[], []]);
    for (const client of [watcher, deaf]) await client.close();
    await house.close();
  });

  it('makes another dial plan count for the next call', async () => {
    const house = await startHouse();
    const [front, sales] = [await house.connect(), await house.connect()];
    await front.open('1001');
    await sales.open('1002');
    house.system.reconfigure({
      ...house.settings,
      dialPlan: { rules: [{ pattern: '77', to: '1002' }], ringSeconds: 60 },
    });
    await front.ask('call.start', { callId: 'a', to: '77', offer: 'v=0', video: false });
    await sales.event('call.changed', ({ state }) => state === 'ringing');
    for (const client of [front, sales]) await client.close();
    await house.close();
  });

  it('takes extensions that commands add, change and remove', async () => {
    const house = await startHouse();
    const { extensions } = house.system;
    const desk = await house.connect();
    await desk.open('1001');
    await extensions.add('Webphone', { id: '2001', name: 'New desk', password: 'demo-2001' });
    await desk.event('extension.changed', ({ id, name }) => id === '2001' && name === 'New desk');
    const added = await house.connect();
    assert.equal((await added.open('2001')).identity.name, 'New desk');
    await extensions.modify('Webphone', { id: '2001', name: 'Desk 2001' });
    await desk.event('extension.changed', ({ id, name }) => id === '2001' && name === 'Desk 2001');
    // The configuration is read again; what commands added stays.
    house.system.reconfigure(house.settings);
    await added.ask('connection.ping', {});
    extensions.remove('2001');
    assert.equal((await added.event('connection.closing')).reason, 'account-removed');
    await desk.event('extension.removed', ({ id }) => id === '2001');
    await desk.close();
    await house.close();
  });
});
