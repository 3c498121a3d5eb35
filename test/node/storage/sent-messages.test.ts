import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createLog } from '../../../src/pbx/log.js';
import { memorySentMessages, REPORT_WITHIN_MS } from '../../../src/pbx/storage/sent-messages.js';
import { openStorage } from '../../../src/pbx/storage/storage.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-sent-'));
after(() => rmSync(root, { recursive: true }));
const open = (data: string) => openStorage(data, createLog('silent'));

const message = (id: string, gatewayId = id) => ({ id, gatewayId, reportTo: `{"phone":"${id}"}` });

describe('messages that a report is still to come of', () => {
  const storage = open(':memory:');
  after(() => storage.close());
  for (const [kind, messages] of [
    ['in memory', memorySentMessages()],
    ['in the database', storage.sentMessages],
  ] as const) {
    it(`are found once, by either id, and not for ever (${kind})`, () => {
      messages.put(message('a'), 1000);
      messages.put(message('b', 'gw-b'), 1000);
      assert.deepEqual(messages.take('gw-b'), message('b', 'gw-b'));
      for (const id of ['b', 'gw-b', 'c']) assert.equal(messages.take(id), undefined);
      assert.deepEqual(messages.take('a'), message('a'));

      messages.put(message('old'), 1000);
      messages.put(message('new'), 1000 + REPORT_WITHIN_MS);
      assert.equal(messages.take('old'), undefined);
      assert.deepEqual(messages.take('new'), message('new'));
    });
  }

  it('outlast a restart', () => {
    const before = open(join(root, 'data'));
    before.sentMessages.put(message('a', 'gw-a'), Date.now());
    before.close();
    const later = open(join(root, 'data'));
    assert.deepEqual(later.sentMessages.take('gw-a'), message('a', 'gw-a'));
    later.close();
  });
});
