/** `/HttpRecordings/`. */
import assert from 'node:assert/strict';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem } from '../../../src/pbx/index.js';

const NAME = '21d75202569941b5a9576babd030e55f';
const CONTENT = Buffer.from(Array.from({ length: 1000 }, (_, index) => index & 255));

let system: RunningPhoneSystem;
let folder: string;
before(async () => {
  const ports = { port: 0, gatewayPort: 0, apiPort: 0 };
  system = await startPhoneSystem({ ...demoSettings(), ...ports, logLevel: 'silent' });
  folder = system.phoneSystem.recordingsFolder ?? '';
  for (const format of ['mp3', 'wav', 'ogg', 'txt'])
    writeFileSync(join(folder, `${NAME}.${format}`), CONTENT);
  writeFileSync(join(folder, 'notes.mp3'), 'notes');
});
after(async () => {
  await system.close();
  assert.equal(existsSync(folder), false, 'nothing is kept of a demo');
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${system.apiUrl}/HttpRecordings/${path}`, { headers });

/** Asks for a path as it is: `fetch` would tidy it up. */
function raw(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: system.ports.api, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('a recording', () => {
  it('is given to whoever knows its name, with its type', async () => {
    for (const [format, type] of [
      ['mp3', 'audio/mpeg'],
      ['wav', 'audio/wav'],
      ['ogg', 'audio/ogg'],
    ] as const) {
      const response = await get(`${NAME}.${format}`);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), type);
      assert.equal(response.headers.get('cache-control'), 'private, no-cache');
      assert.equal(response.headers.get('accept-ranges'), 'bytes');
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), CONTENT);
    }
  });

  it('can be had in parts, as players ask for it', async () => {
    const response = await get(`${NAME}.mp3`, { range: 'bytes=100-199' });
    assert.equal(response.status, 206);
    assert.equal(response.headers.get('content-range'), 'bytes 100-199/1000');
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), CONTENT.subarray(100, 200));
    const beyond = await get(`${NAME}.mp3`, { range: 'bytes=5000-' });
    assert.equal(beyond.status, 416);
    await beyond.arrayBuffer();
  });

  it('is nothing else: no list, no other file, no way out', async () => {
    symlinkSync('/etc/passwd', join(folder, 'link.mp3'));
    for (const path of [
      ...['', 'notes.mp3', 'link.mp3', `${NAME}.txt`, `${NAME}`, `${NAME.toUpperCase()}.mp3`],
      ...[`${'0'.repeat(32)}.mp3`, `sub/${NAME}.mp3`, `${NAME}.mp3/`, `${NAME}.mp3%00`, `.%2F${NAME}.mp3`],
      ...['../ozeki.db', '..%2Fozeki.db', '%2e%2e/%2e%2e/etc/passwd', '....//etc/passwd', `%2F${NAME}.mp3`],
    ]) {
      const status = await raw(`/HttpRecordings/${path}`);
      assert.ok(status === 404 || status === 403 || status === 400, `${path}: ${status}`);
    }
  });
});
