import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import Database from 'libsql';
import { StartError } from '../../../src/pbx/config/problem.js';
import type { Log } from '../../../src/pbx/log.js';
import type { Session } from '../../../src/protocol/index.js';
import { migrate } from '../../../src/pbx/storage/migrations.js';
import { openStorage } from '../../../src/pbx/storage/storage.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-storage-'));
after(() => rmSync(root, { recursive: true }));
let folders = 0;
const folder = () => join(root, `${(folders += 1)}`, 'data');

/** A log that keeps its lines. */
function recorder(): Log & { lines: [level: string, message: string][] } {
  const lines: [string, string][] = [];
  const at = (level: string) => (_details: object, message: string) => void lines.push([level, message]);
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), lines };
  return { ...log, child: () => log as unknown as Log };
}

function session(id: string, more: Partial<Session> = {}): Session {
  return {
    id,
    masterId: id,
    state: 'InCall',
    direction: 'Internal',
    caller: '1001',
    callee: '1002',
    callerName: 'Front desk',
    calleeName: 'Sales “west”',
    callerLegId: 'a',
    calleeLegId: 'b',
    source: '1001',
    sourceType: 'Extension',
    destination: '1002',
    destinationType: 'Extension',
    dialedNumber: '1002',
    startedAt: 1_000,
    stateSince: 2_000,
    talk: { ms: 0, since: 2_000 },
    ...more,
  };
}

/** The one line a start fails with. */
function startFailure(data: string): string {
  try {
    openStorage(data, recorder()).close();
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    assert.ok(!error.message.includes('\n'));
    return error.message;
  }
  return assert.fail('the storage was opened');
}

describe('call records', () => {
  it('keep a session as it was saved last, and survive a restart', () => {
    const data = folder();
    const first = openStorage(data, recorder());
    const ended = session('s1', {
      state: 'CalleeHungUp',
      stateSince: 9_000,
      talk: { ms: 7_000, since: null },
    });
    first.save(session('s1', { state: 'Ringing', talk: { ms: 0, since: null } }), null);
    first.save(session('s1'), null);
    assert.deepEqual(first.find('s1'), { session: session('s1'), endedAt: null });
    first.save(ended, 9_000);
    assert.deepEqual(first.find('s1'), { session: ended, endedAt: 9_000 });
    first.close();

    const second = openStorage(data, recorder());
    assert.deepEqual(second.find('s1'), { session: ended, endedAt: 9_000 });
    assert.equal(second.find('s2'), null);
    second.close();
  });

  it('take what a caller sent as text, never as SQL', () => {
    const storage = openStorage(':memory:', recorder());
    const hostile = session('s1', { dialedNumber: "1'); DROP TABLE call_records; --" });
    storage.save(hostile, 1);
    assert.deepEqual(storage.find('s1')?.session, hostile);
    storage.close();
  });

  it('that an earlier process left unfinished are closed as aborted at the next start', () => {
    const data = folder();
    const first = openStorage(data, recorder());
    first.save(session('finished', { state: 'CallerHungUp', talk: { ms: 1, since: null } }), 5_000);
    first.save(session('unfinished', { stateSince: 4_000, talk: { ms: 3, since: 2_000 } }), null);
    first.close();

    const log = recorder();
    const second = openStorage(data, log);
    assert.equal(second.find('finished')?.session.state, 'CallerHungUp');
    assert.deepEqual(second.find('unfinished'), {
      session: session('unfinished', { state: 'Aborted', stateSince: 4_000, talk: { ms: 3, since: null } }),
      endedAt: 4_000,
    });
    assert.deepEqual(log.lines, [['warn', 'Closed call records that an earlier process left unfinished.']]);
    second.close();
  });

  it('of finished calls survive kill -9', async () => {
    const data = folder();
    const script = `
      import { openStorage } from './src/pbx/storage/storage.js';
      const storage = openStorage(${JSON.stringify(data)}, console);
      const session = ${JSON.stringify(session('s', { state: 'CallerHungUp' }))};
      for (let i = 0; i < 100; i++) storage.save({ ...session, id: 's' + i }, 9000);
      storage.save({ ...session, id: 'open', state: 'InCall' }, null);
      process.stdout.write('saved');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const storage = openStorage(data, recorder());
    for (let i = 0; i < 100; i++) assert.equal(storage.find(`s${i}`)?.session.state, 'CallerHungUp');
    assert.equal(storage.find('open')?.session.state, 'Aborted');
    storage.close();
  });

  it('that cannot be written end no call: the log and the health page tell', () => {
    const log = recorder();
    const storage = openStorage(':memory:', log);
    assert.equal(storage.trouble, null);
    storage.save(session('s1', { caller: null as unknown as string }), null);
    assert.match(storage.trouble ?? '', /^Call records cannot be written: .*NOT NULL/);
    assert.deepEqual(log.lines, [['error', 'A call record could not be written.']]);
    storage.save(session('s2'), null);
    assert.equal(storage.trouble, null);
    storage.close();
  });

  it('leave a storage that may be closed twice', () => {
    const storage = openStorage(':memory:', recorder());
    storage.close();
    storage.close();
  });
});

describe('the data folder', () => {
  it('is made when it is not there, for this user only', () => {
    const data = folder();
    openStorage(data, recorder()).close();
    assert.equal(statSync(data).mode & 0o777, 0o700);
    assert.equal(statSync(join(data, 'ozeki.db')).mode & 0o777, 0o600);
  });

  it('that cannot be made is named, with the way to choose another', () => {
    const blocked = join(root, 'a-file');
    writeFileSync(blocked, '');
    assert.equal(
      startFailure(join(blocked, 'data')),
      `The data folder ${blocked}/data cannot be written (ENOTDIR). Choose another with --data, OZEKI_DATA or "data" in the configuration file.`,
    );
  });

  it('is left alone when nothing shall be kept', () => {
    openStorage(':memory:', recorder()).close();
    assert.equal(existsSync(':memory:'), false);
  });
});

describe('a database that cannot be used', () => {
  it('because it is damaged', () => {
    const data = folder();
    openStorage(data, recorder()).close();
    writeFileSync(join(data, 'ozeki.db'), 'this is not a database '.repeat(500));
    assert.match(startFailure(data), /^The database .*ozeki\.db is damaged\. Restore it from a backup/);
  });

  it('because another phone system has it', () => {
    const data = folder();
    const other = openStorage(data, recorder());
    assert.match(startFailure(data), /is in use by another phone system\. Stop it/);
    other.close();
    openStorage(data, recorder()).close();
  });

  it('because a newer version made it', () => {
    const data = folder();
    openStorage(data, recorder()).close();
    const database = new Database(join(data, 'ozeki.db'));
    database.exec('INSERT INTO migrations VALUES (999, 0)');
    database.close();
    assert.match(
      startFailure(data),
      /made by a newer version of the phone system \(step 999; this one knows/,
    );
  });
});

describe('migrations', () => {
  const steps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y'];
  const columns = (database: Database.Database) =>
    (database.prepare('SELECT name FROM pragma_table_info(?)').all('a') as { name: string }[]).map(
      ({ name }) => name,
    );

  it('run each step once, in order, as they are added', () => {
    const database = new Database(':memory:');
    migrate(database, steps.slice(0, 1));
    assert.deepEqual(columns(database), ['x']);
    migrate(database, steps);
    migrate(database, steps);
    assert.deepEqual(columns(database), ['x', 'y']);
    database.close();
  });

  it('undo a step that fails half-way, and try it again the next time', () => {
    const database = new Database(':memory:');
    assert.throws(() => migrate(database, ['CREATE TABLE a (x); CREATE TABLE a (x)']));
    assert.deepEqual(columns(database), []);
    migrate(database, steps);
    assert.deepEqual(columns(database), ['x', 'y']);
    database.close();
  });
});
