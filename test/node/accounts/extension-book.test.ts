import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import * as v from 'valibot';
import { ExtensionBook, ExtensionError, verifyPassword } from '../../../src/pbx/accounts/index.js';
import { settingsSchema } from '../../../src/pbx/config/settings.js';
import type { SettingsInput } from '../../../src/pbx/config/settings.js';
import { createLog } from '../../../src/pbx/log.js';
import { memoryExtensionStore } from '../../../src/pbx/storage/extension-store.js';
import type { ExtensionStore } from '../../../src/pbx/storage/extension-store.js';
import { openStorage } from '../../../src/pbx/storage/storage.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-book-'));
after(() => rmSync(root, { recursive: true }));

const HASH = 'scrypt$16384$8$1$HB9JDiyPqhrI0YeQBW8ZOw==$AqIoOpAdf9HATSivbLVo3jyc6hrG2V6bhoXPXTQ/uUo=';
const FILE: SettingsInput = {
  extensions: [{ id: '1001', name: 'Front desk', passwordHash: HASH }],
  conferences: [{ id: '5000', name: 'Conference' }],
  apiExtensions: [{ id: '9999', name: 'Script', incomingCallUrl: 'http://10.0.0.1/' }],
  outsideLines: [{ id: 'web', type: 'webphone', name: 'Web', token: 'web', rings: '1001' }],
  users: [
    { id: 'ann', fullName: 'Ann', extensions: ['1001'] },
    { id: 'bob', fullName: 'Bob' },
  ],
};
const settingsOf = (input: SettingsInput) => v.parse(settingsSchema, input);

let store: ExtensionStore;
let settings = settingsOf(FILE);
let book: ExtensionBook;
const open = () => new ExtensionBook({ store, settings: () => settings, log: createLog('silent') });

beforeEach(() => {
  store = memoryExtensionStore();
  settings = settingsOf(FILE);
  book = open();
});

const failsAs = (problem: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ExtensionError, String(error));
  assert.equal(error.problem, problem);
  assert.match(error.message, words);
  return true;
};

describe('an added extension', () => {
  it('of each type joins those of the file', async () => {
    let changes = 0;
    book.onChange(() => (changes += 1));
    await book.add('Webphone', { id: '2001', name: 'New desk', password: 'secret', userId: 'bob' });
    await book.add('API', { id: '9998', incomingCallUrl: 'http://10.0.0.2/', errorUrl: '' });
    await book.add('Conference', { id: '5001' });
    assert.equal(changes, 3);
    const { extensions, conferences, apiExtensions, users } = book.effective();
    const [, desk] = extensions;
    assert.deepEqual([desk?.id, desk?.name, desk?.privileges], ['2001', 'New desk', []]);
    assert.ok(await verifyPassword('secret', desk?.passwordHash ?? ''));
    assert.deepEqual(conferences[1], { id: '5001', name: '5001' });
    assert.deepEqual(apiExtensions, [
      { id: '9999', name: 'Script', incomingCallUrl: 'http://10.0.0.1/', trusted: true },
      { id: '9998', name: '9998', incomingCallUrl: 'http://10.0.0.2/', trusted: false },
    ]);
    assert.deepEqual(
      users.map((user) => user.extensions),
      [['1001'], ['2001']],
    );
    assert.deepEqual(
      book.list().map(({ id, type, userId }) => [id, type, userId]),
      [
        ['1001', 'Webphone', 'ann'],
        ['5000', 'Conference', ''],
        ['9999', 'API', ''],
        ['2001', 'Webphone', 'bob'],
        ['5001', 'Conference', ''],
        ['9998', 'API', ''],
      ],
    );
    assert.ok(!JSON.stringify(book.list()).includes('scrypt'), 'nobody gets the hash');
  });

  it('keeps what is not changed, also its password', async () => {
    await book.add('Webphone', { id: '2001', name: 'New desk', password: 'secret' });
    await book.modify('Webphone', { id: '2001', userId: 'ann' });
    const [, desk] = book.effective().extensions;
    assert.equal(desk?.name, 'New desk');
    assert.ok(await verifyPassword('secret', desk?.passwordHash ?? ''));
    await book.modify('Webphone', { id: '2001', name: 'Desk', password: 'other' });
    assert.ok(await verifyPassword('other', book.effective().extensions[1]?.passwordHash ?? ''));
    assert.deepEqual(book.find('2001')?.userId, 'ann');
  });

  it('that is not enabled is not there for phones', async () => {
    await book.add('Webphone', { id: '2001', password: 'secret', userId: 'bob', enabled: false });
    assert.equal(book.effective().extensions.length, 1);
    assert.deepEqual(book.effective().users[1]?.extensions, []);
    assert.equal(book.find('2001')?.enabled, false);
    await book.modify('Webphone', { id: '2001', enabled: true });
    assert.equal(book.effective().extensions.length, 2);
  });

  it('can be removed, and only it', async () => {
    await book.add('Conference', { id: '5001' });
    book.remove('5001');
    assert.equal(book.find('5001'), undefined);
    assert.deepEqual(store.list(), []);
    assert.throws(() => book.remove('5001'), failsAs('not-found', /5001/));
    assert.throws(() => book.remove('5000'), failsAs('invalid', /in the configuration file/));
  });

  it('cannot take a number that is in use, nor change one of the file', async () => {
    await book.add('Conference', { id: '5001' });
    for (const id of ['1001', '5000', '9999', 'web', '5001']) {
      await assert.rejects(book.add('Conference', { id }), failsAs('exists', new RegExp(id)));
    }
    await assert.rejects(
      book.modify('Webphone', { id: '1001', name: 'Mine' }),
      failsAs('invalid', /'1001' is in the configuration file and is changed there/),
    );
    await assert.rejects(book.modify('Webphone', { id: '2001' }), failsAs('not-found', /2001/));
    await assert.rejects(book.modify('API', { id: '5001' }), failsAs('invalid', /of the type Conference/));
  });

  it('that is added twice at once is added once', async () => {
    const outcomes = await Promise.allSettled(
      ['one', 'two'].map((password) => book.add('Webphone', { id: '2001', password })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('must be one', async () => {
    for (const [type, fields, words] of [
      ['Webphone', { id: '2001' }, /Password: it is missing/],
      ['Webphone', { id: '2001', password: 'x'.repeat(257) }, /Password: it is longer/],
      ['Webphone', { id: '2 001', password: 'x' }, /^ID: /],
      ['Webphone', { id: '', password: 'x' }, /^ID: /],
      ['Webphone', { id: '2001', password: 'x', name: '' }, /^Username: /],
      ['Webphone', { id: '2001', password: 'x', userId: 'eve' }, /^UserID: there is no such user/],
      ['Webphone', { id: '2001', password: 'x', errorUrl: 'http://a/' }, /^ErrorUrl: .*Webphone has none/],
      ['API', { id: '2001', password: 'x' }, /^Password: .*API has none/],
      ['API', { id: '2001', incomingCallUrl: 'file:///etc/passwd' }, /^IncomingCallUrl: /],
      ['API', { id: '2001', incomingMessageUrl: 'https://me:x@site.example/' }, /^IncomingMessageUrl: /],
      ['Conference', { id: '2001', incomingCallUrl: 'http://a/' }, /^IncomingCallUrl: /],
    ] as const) {
      await assert.rejects(book.add(type, fields), failsAs('invalid', words), JSON.stringify(fields));
    }
    assert.deepEqual(store.list(), []);
  });
});

describe('the extensions that are kept', () => {
  it('are there again after a restart', async () => {
    const data = join(root, 'data');
    const before = openStorage(data, createLog('silent'));
    store = before.extensions;
    book = open();
    await book.add('API', { id: '9998', name: 'Second' });
    await book.add('Conference', { id: '5001' });
    book.remove('5001');
    before.close();
    const later = openStorage(data, createLog('silent'));
    store = later.extensions;
    assert.deepEqual(
      open()
        .list()
        .slice(3)
        .map(({ id, name, type }) => [id, name, type]),
      [['9998', 'Second', 'API']],
    );
    later.close();
  });

  it('give way to one of the file, and come back when that is gone', async () => {
    await book.add('Conference', { id: '5001', name: 'Added' });
    settings = settingsOf({ ...FILE, conferences: [{ id: '5001', name: 'Of the file' }] });
    assert.deepEqual(
      book.effective().conferences.map(({ name }) => name),
      ['Of the file'],
    );
    assert.equal(book.list().filter(({ id }) => id === '5001').length, 1);
    settings = settingsOf(FILE);
    assert.equal(book.effective().conferences[1]?.name, 'Added');
  });

  it('that cannot be read are left alone', () => {
    store.put('7', 'not JSON');
    store.put('8', '{"type":"Fax","id":"8"}');
    assert.equal(open().list().length, 3);
    assert.equal(store.list().length, 2);
  });
});
