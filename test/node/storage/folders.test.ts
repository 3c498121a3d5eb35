import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { StartError } from '../../../src/pbx/config/problem.js';
import { contentFolder, openRecordingsFolder } from '../../../src/pbx/storage/folders.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-folders-'));
after(() => rmSync(root, { recursive: true }));

describe('the folder of recordings', () => {
  it('lies in the data folder, for this user only, and stays', () => {
    const folder = openRecordingsFolder({ data: join(root, 'data') });
    assert.equal(folder.path, join(root, 'data', 'HttpRecordings'));
    assert.equal(statSync(folder.path).mode & 0o777, 0o700);
    folder.close();
    assert.ok(existsSync(folder.path));
  });

  it('is where the configuration says, also when nothing else is kept', () => {
    const named = join(root, 'named');
    const folder = openRecordingsFolder({ data: ':memory:', recordingsFolder: named });
    folder.close();
    assert.equal(folder.path, named);
    assert.ok(existsSync(named));
  });

  it('is one of its own when nothing is kept, and goes with everything in it', () => {
    const [one, other] = [
      openRecordingsFolder({ data: ':memory:' }),
      openRecordingsFolder({ data: ':memory:' }),
    ];
    assert.notEqual(one.path, other.path);
    assert.equal(statSync(one.path).mode & 0o777, 0o700);
    writeFileSync(join(one.path, 'a.wav'), '');
    for (const folder of [one, other]) {
      folder.close();
      assert.equal(existsSync(folder.path), false);
    }
  });

  it('that cannot be made is said in one line', () => {
    writeFileSync(join(root, 'file'), '');
    assert.throws(
      () => openRecordingsFolder({ data: ':memory:', recordingsFolder: join(root, 'file', 'inside') }),
      (error) => error instanceof StartError && /ENOTDIR.*"recordingsFolder"/.test(error.message),
    );
  });
});

describe('the folder of what is played', () => {
  it('is named, lies in the data folder, or is none', () => {
    assert.equal(contentFolder({ data: '/data' }), '/data/ContentStorage/Static');
    assert.equal(contentFolder({ data: ':memory:', contentFolder: '/sounds' }), '/sounds');
    assert.equal(contentFolder({ data: ':memory:' }), null);
  });
});
