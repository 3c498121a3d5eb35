import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, afterEach, describe, it } from 'node:test';
import Database from 'libsql';
import * as v from 'valibot';
import { createLog } from '../../../src/pbx/log.js';
import { migrate, STEPS } from '../../../src/pbx/storage/migrations.js';
import { openStorage } from '../../../src/pbx/storage/storage.js';
import type { Storage } from '../../../src/pbx/storage/storage.js';
import { check, historyRecordSchema, requestSchemas } from '../../../src/protocol/index.js';
import type { Params, Session } from '../../../src/protocol/index.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-history-'));
after(() => rmSync(root, { recursive: true }));
const log = createLog('silent');

const session = (id: string, more: Partial<Session> = {}): Session => ({
  ...{ id, masterId: id, state: 'CallerHungUp', direction: 'Internal' },
  ...{ caller: '1001', callee: '1002', callerName: 'Front desk', calleeName: 'Ágnes' },
  ...{ callerLegId: 'a', calleeLegId: 'b', source: '1001', sourceType: 'Webphone' },
  ...{ destination: '1002', destinationType: 'Webphone', dialedNumber: '+361' },
  ...{ startedAt: 1000, stateSince: 9000, talk: { ms: 5000, since: null } },
  ...more,
});

describe('the call history', () => {
  let storage: Storage;
  beforeEach(() => {
    storage = openStorage(':memory:', log);
  });
  afterEach(() => storage.close());
  const save = (id: string, more: Partial<Session> = {}) => storage.save(session(id, more), 9000);
  const query = (filter: Params<'history.query'> = {}, party?: string) =>
    storage.query(v.parse(requestSchemas['history.query'], filter), party);
  const ids = (filter: Params<'history.query'> = {}, party?: string) =>
    query(filter, party).records.map(({ callId }) => callId);

  it('is the newest first, page by page, with the number of all', () => {
    for (const id of ['a', 'c', 'b', 'e', 'd']) save(id, { startedAt: id.charCodeAt(0) });
    assert.deepEqual(ids(), ['e', 'd', 'c', 'b', 'a']);
    assert.deepEqual(ids({ rows: 2 }), ['e', 'd']);
    assert.deepEqual(ids({ rows: 2, page: 2 }), ['a']);
    assert.deepEqual(ids({ rows: 2, page: 3 }), []);
    assert.equal(query({ rows: 2, page: 3 }).total, 5);
    assert.deepEqual(ids({ from: 'c'.charCodeAt(0) }), ['e', 'd', 'c']);
    assert.equal(query({ from: 'c'.charCodeAt(0), rows: 1 }).total, 3);
  });

  it('has a record as it was, with the moment of its answer', () => {
    storage.save(session('s', { state: 'Ringing', stateSince: 1000 }), null);
    storage.save(session('s', { state: 'InCall', stateSince: 4000 }), null);
    assert.deepEqual(query(), { total: 0, records: [] }, 'a call that goes on is not history');
    storage.save(session('s', { state: 'InCall', stateSince: 6000 }), null);
    save('s');
    save('t', { startedAt: 2000, state: 'Busy', callee: '', destination: '', calleeName: '' });
    const { records } = query();
    assert.deepEqual(records[1], {
      ...{ callId: 's', masterId: 's', startedAt: 1000, answeredAt: 4000, endedAt: 9000, talkMs: 5000 },
      ...{ direction: 'Internal', source: '1001', destination: '1002', caller: '1001', callee: '1002' },
      ...{ callerName: 'Front desk', calleeName: 'Ágnes', dialed: '+361', state: 'CallerHungUp' },
    });
    assert.equal(records[0]?.answeredAt, null);
    for (const record of records) check(historyRecordSchema, record);
  });

  it('finds texts anywhere in them, in upper and lower case, and the rest exactly', () => {
    save('one', { source: 'Website', sourceType: 'line', caller: 'Qdb3W', direction: 'Inbound' });
    save('two', { state: 'NotAnswered', dialedNumber: '100_%', callerName: 'ÁRVÍZTŰRŐ' });
    for (const [filter, expected] of [
      [{ source: 'EBSI' }, ['one']],
      [{ destination: '00' }, ['two', 'one']],
      [{ dialed: '_%' }, ['two']],
      [{ dialed: '%' }, ['two']],
      [{ callerId: 'árvíz' }, ['two']],
      [{ callerId: 'qdb' }, ['one']],
      [{ callerId: 'front' }, ['one']],
      [{ general: 'ágNES' }, ['two', 'one']],
      [{ general: 'tűr' }, ['two']],
      [{ general: 'NotAnswered' }, ['two']],
      [{ state: 'NotAnswered' }, ['two']],
      [{ state: 'notanswered' }, []],
      [{ state: 'Answered' }, []],
      [{ direction: 'Inbound' }, ['one']],
      [{ direction: 'bound' }, []],
      [{ callId: 'one' }, ['one']],
      [{ callId: 'on' }, []],
      [{ extension: '1002' }, ['two', 'one']],
      [{ extension: '100' }, []],
      [{ extension: 'Website' }, ['one']],
      [{ source: 'web', state: 'NotAnswered' }, []],
      [{ general: "' OR 1=1 --" }, []],
    ] as const) {
      assert.deepEqual(ids(filter), expected, JSON.stringify(filter));
    }
  });

  it('of a party has only calls it took part in', () => {
    save('mine', { caller: '1003', source: '1003' });
    save('taken', { callee: '1003' });
    save('other');
    assert.deepEqual(ids({}, '1003'), ['taken', 'mine']);
    assert.deepEqual(ids({ extension: '1001' }, '1003'), ['taken']);
    assert.deepEqual(ids({ callId: 'other' }, '1003'), []);
    assert.deepEqual(ids({ general: 'front' }, '4711'), []);
  });

  it('of a party are those it was dialled for, too, when another phone picked them up', () => {
    save('picked up', { callee: '1003', dialedNumber: '1002' });
    assert.deepEqual(ids({}, '1002'), ['picked up']);
    assert.deepEqual(ids({ own: 'incoming' }, '1002'), ['picked up']);
    assert.deepEqual(ids({ own: 'missed' }, '1002'), []);
  });

  it('knows what a call was to its parties', () => {
    const answered = (id: string, more: Partial<Session>) => {
      storage.save(session(id, { ...more, state: 'InCall' }), null);
      save(id, more);
    };
    answered('came', { caller: '1003', startedAt: 8 });
    answered('went', { caller: '1002', callee: '1003', startedAt: 7 });
    save('given up', { state: 'Cancelled', startedAt: 6 });
    save('rang out', { state: 'NotAnswered', startedAt: 5 });
    save('nobody there', { state: 'NotFound', startedAt: 4 });
    save('declined', { state: 'Busy', startedAt: 3 });
    save('sent on', { state: 'Redirected', startedAt: 2 });
    save('not reached', { caller: '1002', callee: '1003', state: 'NotAnswered', startedAt: 1 });
    const missed = ['given up', 'rang out', 'nobody there'];
    assert.deepEqual(ids({ own: 'missed' }, '1002'), missed);
    assert.deepEqual(ids({ own: 'outgoing' }, '1002'), ['went', 'not reached']);
    assert.deepEqual(ids({ own: 'incoming' }, '1002'), ['came', ...missed, 'declined', 'sent on']);
    assert.equal(query({ own: 'all' }, '1002').total, 8);
    assert.deepEqual(ids({ own: 'missed', general: 'front', rows: 1, page: 2 }, '1002'), ['nobody there']);
  });

  it('finds what was over since a moment, however early it began', () => {
    storage.save(session('early', { startedAt: 100 }), 200);
    storage.save(session('long', { startedAt: 50 }), 300);
    assert.deepEqual(ids({ endedFrom: 201 }), ['long']);
    assert.deepEqual(ids({ endedFrom: 200 }), ['early', 'long']);
  });

  it('is found by indices', () => {
    for (const where of [
      'ended_at IS NOT NULL ORDER BY started_at DESC',
      "(caller = '1' OR callee = '1' OR dialed_number = '1')",
      "state = 'Busy'",
      "(caller = '1' OR callee = '1' OR source = '1' OR destination = '1')",
      "session_id = 'x'",
    ]) {
      const database = new Database(':memory:');
      migrate(database);
      const plan = database.prepare(`EXPLAIN QUERY PLAN SELECT * FROM call_records WHERE ${where}`).all() as {
        detail: string;
      }[];
      const text = plan.map(({ detail }) => detail).join('\n');
      assert.match(text, /USING (COVERING )?INDEX|USING PRIMARY KEY/, `${where}:\n${text}`);
      database.close();
    }
  });

  it('finds what an earlier version has recorded', () => {
    const folder = mkdtempSync(join(root, 'old-'));
    const database = new Database(join(folder, 'ozeki.db'));
    migrate(database, STEPS.slice(0, 1));
    database.exec(`INSERT INTO call_records VALUES ('old', 'old', 'CalleeHungUp', 'Internal', '1001', '1002',
      'Front desk', 'Sales', 'a', 'b', '1001', 'Webphone', '1002', 'Webphone', '1002', 5, 6, 7, NULL, 8)`);
    database.close();
    const later = openStorage(folder, log);
    const filter = v.parse(requestSchemas['history.query'], { callerId: 'DESK', destination: '1002' });
    const { records } = later.query(filter);
    assert.deepEqual(
      records.map(({ callId, answeredAt, endedAt }) => [callId, answeredAt, endedAt]),
      [['old', null, 8]],
    );
    later.close();
  });
});

describe('security tokens', () => {
  const grant = { privileges: ['users', 'history'], expiresAt: Date.now() + 60_000 } as const;

  it('are kept across a restart, the expired ones not', () => {
    const folder = mkdtempSync(join(root, 'tokens-'));
    const first = openStorage(folder, log);
    first.tokens.put('good', grant);
    first.tokens.put('old', { ...grant, expiresAt: Date.now() - 1 });
    first.close();
    const second = openStorage(folder, log);
    assert.deepEqual(second.tokens.get('good'), { hash: 'good', ...grant });
    assert.equal(second.tokens.get('old'), undefined);
    second.tokens.purge(grant.expiresAt);
    assert.equal(second.tokens.get('good'), undefined);
    second.close();
  });

  it('keep only the privileges there are', () => {
    const folder = mkdtempSync(join(root, 'rights-'));
    openStorage(folder, log).close();
    const database = new Database(join(folder, 'ozeki.db'));
    database.exec(`INSERT INTO tokens VALUES ('h', 'users fly history', ${grant.expiresAt})`);
    database.close();
    const storage = openStorage(folder, log);
    assert.deepEqual(storage.tokens.get('h')?.privileges, ['users', 'history']);
    storage.close();
  });
});
