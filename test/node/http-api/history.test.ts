/** GetCallHistory. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem } from '../../../src/pbx/index.js';
import { createLog } from '../../../src/pbx/log.js';
import { openStorage } from '../../../src/pbx/storage/storage.js';
import type { Session } from '../../../src/protocol/index.js';
import { plain, send } from './api-client.js';

const data = mkdtempSync(join(tmpdir(), 'ozeki-history-'));
const NOON = new Date(2026, 0, 31, 12, 0, 0).getTime();
const HOUR = 3_600_000;

function session(id: string, more: Partial<Session>): Session {
  return {
    ...{ id, masterId: id, state: 'CalleeHungUp', direction: 'Internal' },
    ...{ caller: '1001', callee: '1002', callerName: 'Front desk', calleeName: 'Sales' },
    ...{ callerLegId: 'a', calleeLegId: 'b', source: '1001', sourceType: 'Extension' },
    ...{ destination: '1002', destinationType: 'Extension', dialedNumber: '1002' },
    ...{ startedAt: NOON, stateSince: NOON, talk: { ms: 0, since: null } },
    ...more,
  };
}

let system: RunningPhoneSystem;
before(async () => {
  const storage = openStorage(data, createLog('silent'));
  storage.save(session('first', {}), NOON + 1000);
  storage.save(session('second', { startedAt: NOON + HOUR, state: 'NotAnswered' }), NOON + HOUR + 1000);
  storage.save(
    session('third', { startedAt: NOON + 2 * HOUR, caller: 'Qdb3W', callerName: 'Guest', source: 'web' }),
    NOON + 2 * HOUR + 1000,
  );
  storage.close();
  const ports = { port: 0, gatewayPort: 0, apiPort: 0 };
  system = await startPhoneSystem({ ...demoSettings(), ...ports, data, logLevel: 'silent' });
});
after(async () => {
  await system.close();
  rmSync(data, { recursive: true });
});

const history = (filters: Record<string, string> = {}) =>
  send(system, { Command: 'GetCallHistory', ...filters });

describe('GetCallHistory', () => {
  it('shows the calls that are over, newest first', async () => {
    const { code, root, all } = await history({ General: '', State: '' });
    assert.equal(code, 200);
    assert.deepEqual(all('NumberOfCalls'), ['3']);
    assert.deepEqual(all('CallId'), ['third', 'second', 'first']);
    const { Calls } = plain(root.children.at(-1)!) as { Calls: { Call: object[] }[] };
    assert.deepEqual(Object.assign({}, ...Calls[2]!.Call), {
      ...{ StartTime: '2026-01-31 12:00:00', Direction: 'Internal', Source: '1001' },
      ...{ Destination: '1002', State: 'CalleeHungUp', Dialed: '1002', CallerId: '1001' },
      ...{ Type: 'Audio', CallId: 'first' },
    });
  });

  it('shows a page of those that fit', async () => {
    for (const [filters, ids, total] of [
      [{ PageNumber: '1', RowsPerPage: '2' }, ['first'], '3'],
      [{ State: 'NotAnswered' }, ['second'], '1'],
      [{ CallerId: 'guest' }, ['third'], '1'],
      [{ Source: 'WEB' }, ['third'], '1'],
      [{ General: 'front', Dialed: '1002', Direction: 'Internal' }, ['second', 'first'], '2'],
      [{ CallId: 'first' }, ['first'], '1'],
      [{ From: '2026-01-31 13:00:00' }, ['third', 'second'], '2'],
      [{ From: new Date(NOON + 2 * HOUR).toISOString() }, ['third'], '1'],
      [{ From: '2026-02-01' }, [], '0'],
      [{ Destination: "' OR 1=1 --" }, [], '0'],
    ] as const) {
      const { all } = await history(filters);
      assert.deepEqual([all('CallId'), all('NumberOfCalls')[0]], [ids, total], JSON.stringify(filters));
    }
  });

  it('says what is wrong with a filter', async () => {
    for (const [name, value] of [
      ['PageNumber', '-1'],
      ['RowsPerPage', '501'],
      ['From', 'yesterday'],
      ['From', '2026-13-01'],
      ['Source', 'x'.repeat(129)],
    ] as const) {
      const { code, message } = await history({ [name]: value });
      assert.deepEqual(
        [code, message],
        [302, `Missing or invalid parameter '${name}' for command 'GetCallHistory'`],
      );
    }
  });
});
