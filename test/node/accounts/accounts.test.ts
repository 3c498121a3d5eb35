import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { Accounts, hashPassword, iceServersFor } from '../../../src/pbx/accounts/index.js';
import type { AccountSettings } from '../../../src/pbx/accounts/index.js';
import { memoryTokenStore } from '../../../src/pbx/storage/token-store.js';
import { PRIVILEGES } from '../../../src/protocol/index.js';
import { FakeClock } from '../exchange/fake-clock.js';

const nobody = () => false;
let settings: AccountSettings;

before(async () => {
  const passwordHash = await hashPassword('demo-1001');
  settings = {
    extensions: [
      { id: '1001', name: 'Front desk', passwordHash, privileges: [] },
      { id: '1002', name: 'Sales', passwordHash, privileges: ['sessions.view', 'users'] },
      { id: '1004', name: 'Supervisor', passwordHash, privileges: 'all' },
    ],
    outsideLines: [{ id: 'website', type: 'webphone', name: 'Web site', token: 'website', rings: '1001' }],
    conferences: [{ id: '5000', name: 'Conference' }],
    apiExtensions: [{ id: '9999', name: 'Script' }],
    users: [
      {
        id: 'ann',
        fullName: 'Ann Lee',
        emailAddress: '',
        phoneNumber: '',
        mobileNumber: '',
        extensions: ['1001'],
      },
    ],
  };
});

describe('signing in', () => {
  const password = (extension: string, secret = 'demo-1001') =>
    ({ kind: 'password', extension, password: secret }) as const;

  it('by extension and password', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    const { proof: _proof, ...signedIn } = (await accounts.signIn(password('1001'), nobody))!;
    assert.deepEqual(signedIn, {
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

  it('by a security token gives a number of its own and what it allows, until it expires', async () => {
    const clock = new FakeClock();
    const accounts = new Accounts(settings, clock);
    const token = accounts.issueToken();
    assert.match(token, /^[\w-]{22}$/);
    const one = await accounts.signIn({ kind: 'token', token }, nobody);
    const two = await accounts.signIn({ kind: 'token', token }, nobody);
    assert.equal(one?.identity.kind, 'token');
    assert.match(one.identity.number, /^[A-Za-z2-9]{5}$/);
    assert.notEqual(one.identity.number, two?.identity.number);
    assert.equal(one.rings, null, 'it may call anybody');
    assert.deepEqual(one.identity.privileges, ['sessions.view', 'calls.setup', 'history', 'users']);
    clock.pass(24 * 60 * 60_000 - 1);
    assert.ok(await accounts.signIn({ kind: 'token', token }, nobody), 'a day by default');
    clock.pass(1);
    assert.equal(await accounts.signIn({ kind: 'token', token }, nobody), null);
  });

  it('by a security token that allows modification may also modify and listen', async () => {
    const clock = new FakeClock();
    const accounts = new Accounts(settings, clock);
    const token = accounts.issueToken({ allowSessionModification: true, validMs: 1000 });
    const signedIn = await accounts.signIn({ kind: 'token', token }, nobody);
    assert.deepEqual(signedIn?.identity.privileges, [
      ...['sessions.view', 'calls.setup', 'history', 'users'],
      ...['sessions.modify', 'sessions.listen'],
    ]);
    clock.pass(1000);
    assert.equal(await accounts.signIn({ kind: 'token', token }, nobody), null);
  });

  it('issues no token that is valid for no time, or for ever', () => {
    const accounts = new Accounts(settings, new FakeClock());
    for (const validMs of [0, -1, NaN, Infinity]) {
      assert.throws(() => accounts.issueToken({ validMs }), RangeError);
    }
  });

  it('keeps only hashes of tokens, and forgets the expired', () => {
    const clock = new FakeClock();
    const kept = new Map<string, unknown>();
    const memory = memoryTokenStore();
    const store = {
      ...memory,
      put: (hash: string, grant: Parameters<typeof memory.put>[1]) => {
        kept.set(hash, grant);
        memory.put(hash, grant);
      },
    };
    const accounts = new Accounts(settings, clock, store);
    const token = accounts.issueToken({ validMs: 1000 });
    const [[hash] = ['']] = kept;
    assert.notEqual(hash, '');
    assert.equal(JSON.stringify([...kept]).includes(token), false);
    assert.ok(store.get(hash));
    clock.pass(1000);
    accounts.issueToken();
    assert.equal(store.get(hash), undefined);
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

describe('other accounts at run time', () => {
  const password = { kind: 'password', extension: '1001', password: 'demo-1001' } as const;

  it('leave who is still there, with the rights it has now', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    const desk = (await accounts.signIn(password, nobody))!;
    const visitor = (await accounts.signIn({ kind: 'token', token: 'website' }, nobody))!;
    const holder = (await accounts.signIn({ kind: 'token', token: accounts.issueToken() }, nobody))!;
    const [first, ...others] = settings.extensions;
    accounts.replace({
      ...settings,
      extensions: [{ ...first!, name: 'Reception', privileges: ['history'] }, ...others],
      outsideLines: settings.outsideLines.map((line) => ({ ...line, rings: '1002' })),
    });
    const renewed = accounts.renew(desk);
    assert.equal(renewed?.identity.name, 'Reception');
    assert.deepEqual(renewed.identity.privileges, ['users', 'calls.pickup', 'history']);
    assert.equal(accounts.renew(visitor)?.identity.number, visitor.identity.number);
    assert.equal(accounts.renew(visitor)?.rings, '1002');
    assert.equal(accounts.renew(holder), holder);
  });

  it('sign out who is gone, and whose password or token is another one', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    const desk = (await accounts.signIn(password, nobody))!;
    const visitor = (await accounts.signIn({ kind: 'token', token: 'website' }, nobody))!;
    const [first, ...others] = settings.extensions;
    const passwordHash = await hashPassword('another');
    for (const extensions of [others, [{ ...first!, passwordHash }, ...others]]) {
      accounts.replace({ ...settings, extensions });
      assert.equal(accounts.renew(desk), null);
    }
    for (const outsideLines of [[], settings.outsideLines.map((line) => ({ ...line, token: 'new' }))]) {
      accounts.replace({ ...settings, outsideLines });
      assert.equal(accounts.renew(visitor), null);
    }
  });

  it('count for a password that is being worked out', async () => {
    const accounts = new Accounts(settings, new FakeClock());
    const signingIn = accounts.signIn(password, nobody);
    accounts.replace({ ...settings, extensions: settings.extensions.slice(1), users: [] });
    assert.equal(await signingIn, null);
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
