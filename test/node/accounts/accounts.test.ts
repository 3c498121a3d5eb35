import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { Accounts, hashPassword, iceServersFor, memoryTokenStore } from '../../../src/pbx/accounts/index.js';
import type { Settings } from '../../../src/pbx/config/settings.js';
import { PRIVILEGES } from '../../../src/protocol/index.js';
import { FakeClock } from '../exchange/fake-clock.js';

const nobody = () => false;
let settings: Pick<Settings, 'extensions' | 'outsideLines' | 'users'>;

before(async () => {
  const passwordHash = await hashPassword('demo-1001');
  settings = {
    extensions: [
      { id: '1001', name: 'Front desk', passwordHash, privileges: [] },
      { id: '1002', name: 'Sales', passwordHash, privileges: ['sessions.view', 'users'] },
      { id: '1004', name: 'Supervisor', passwordHash, privileges: 'all' },
    ],
    outsideLines: [{ id: 'website', type: 'webphone', name: 'Web site', token: 'website', rings: '1001' }],
    users: [{ id: 'ann', fullName: 'Ann Lee', emailAddress: '', phoneNumber: '', extensions: ['1001'] }],
  };
});

describe('signing in', () => {
  const password = (extension: string, secret = 'demo-1001') =>
    ({ kind: 'password', extension, password: secret }) as const;

  it('by extension and password', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    assert.deepEqual(await accounts.signIn(password('1001'), nobody), {
      identity: {
        number: '1001',
        name: 'Front desk',
        kind: 'extension',
        privileges: ['users', 'calls.pickup'],
      },
      account: { id: '1001', name: 'Front desk', kind: 'extension', type: 'Webphone' },
      rings: null,
    });
  });

  it('gives the configured privileges beside the default ones, or all', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    const privileges = async (id: string) =>
      (await accounts.signIn(password(id), nobody))?.identity.privileges;
    assert.deepEqual(await privileges('1002'), ['users', 'calls.pickup', 'sessions.view']);
    assert.deepEqual(await privileges('1004'), [...PRIVILEGES]);
  });

  it('with a wrong password or extension is refused the same way', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    for (const credentials of [
      password('1001', 'demo-1002'),
      password('4711'),
      password('__proto__'),
      password('website', 'website'),
    ]) {
      assert.equal(await accounts.signIn(credentials, nobody), null);
    }
  });

  it('takes as much work for an unknown extension', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    const cpu = async (extension: string) => {
      const start = process.cpuUsage();
      for (let count = 0; count < 5; count += 1) await accounts.signIn(password(extension, 'wrong'), nobody);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    await cpu('1001');
    const [known, unknown] = [await cpu('1001'), await cpu('4711')];
    // Without the decoy it would be less than a hundredth.
    assert.ok(unknown > known / 4, `${unknown} µs against ${known} µs`);
  });

  it('by the token of a line gives a fresh number each time, and no privileges', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    const numbers = new Set<string>();
    for (let count = 0; count < 50; count += 1) {
      const visitor = await accounts.signIn({ kind: 'token', token: 'website' }, nobody);
      assert.ok(visitor);
      assert.match(visitor.identity.number, /^[A-Za-z2-9]{5}$/);
      assert.deepEqual(visitor.identity.privileges, []);
      assert.equal(visitor.identity.kind, 'line');
      assert.equal(visitor.rings, '1001');
      numbers.add(visitor.identity.number);
    }
    assert.ok(numbers.size > 45);
    const taken = await accounts.signIn({ kind: 'token', token: 'website' }, (number) => number.length === 5);
    assert.equal(taken?.identity.number.length, 6, 'a number in use is not given out again');
    assert.equal(await accounts.signIn({ kind: 'token', token: 'Website' }, nobody), null);
  });

  it('by an issued token, with its privileges, until it expires', async () => {
    const clock = new FakeClock();
    const accounts = new Accounts(settings, clock);
    const token = accounts.issueToken('1002', ['sessions.view'], 60_000);
    assert.match(token, /^[\w-]{22}$/);
    const signedIn = await accounts.signIn({ kind: 'token', token }, nobody);
    assert.equal(signedIn?.identity.number, '1002');
    assert.deepEqual(signedIn.identity.privileges, ['sessions.view']);
    clock.pass(60_000);
    assert.equal(await accounts.signIn({ kind: 'token', token }, nobody), null);
  });

  it('issues no token for an extension that does not exist', () => {
    const accounts = new Accounts(settings, new FakeClock());
    assert.throws(() => accounts.issueToken('4711', [], 1000), RangeError);
  });

  it('keeps only hashes of tokens, and forgets the expired', () => {
    const clock = new FakeClock();
    const store = memoryTokenStore();
    const accounts = new Accounts(settings, clock, store);
    const token = accounts.issueToken('1001', [], 1000);
    assert.equal(JSON.stringify([...store.entries()]).includes(token), false);
    clock.pass(1000);
    accounts.issueToken('1001', [], 1000);
    assert.equal([...store.entries()].length, 1);
  });

  it('lists extensions, lines and users without their secrets', () => {
    const accounts = new Accounts(settings, new FakeClock());
    assert.deepEqual(
      accounts.list().map(({ id, kind }) => [id, kind]),
      [
        ['1001', 'extension'],
        ['1002', 'extension'],
        ['1004', 'extension'],
        ['website', 'line'],
      ],
    );
    assert.equal(/scrypt|token/.test(JSON.stringify(accounts.list())), false);
    assert.equal(accounts.extension('1001')?.name, 'Front desk');
    assert.equal(accounts.extension('website'), undefined);
    assert.equal(accounts.users()[0]?.fullName, 'Ann Lee');
  });
});

describe('STUN and TURN servers', () => {
  it('get credentials that expire (TURN REST API)', () => {
    const now = 1_700_000_000_000;
    const server = { urls: ['turn:turn.example:3478'], secret: 's3cret', validSeconds: 600 };
    const [made] = iceServersFor('1001', [server], now);
    assert.equal(made?.username, '1700000600:1001');
    const expected = createHmac('sha1', 's3cret').update('1700000600:1001').digest('base64');
    assert.deepEqual(made, { urls: server.urls, username: '1700000600:1001', credential: expected });
  });

  it('with fixed credentials, or none, are passed on', () => {
    const urls = ['stun:stun.example'];
    assert.deepEqual(
      iceServersFor(
        '1001',
        [
          { urls, validSeconds: 600 },
          { urls, validSeconds: 600, username: 'u', credential: 'c' },
        ],
        0,
      ),
      [{ urls }, { urls, username: 'u', credential: 'c' }],
    );
  });
});
