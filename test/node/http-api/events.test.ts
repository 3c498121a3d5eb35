/** The stream of what happens, and which pages may read it. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { hashPassword } from '../../../src/pbx/accounts/index.js';
import type { JournalEntry } from '../../../src/pbx/journal.js';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem, SettingsInput } from '../../../src/pbx/index.js';
import { send } from './api-client.js';

const ports = { port: 0, gatewayPort: 0, apiPort: 0 };
const demo: SettingsInput = { ...demoSettings(), ...ports, logLevel: 'silent' };

let system: RunningPhoneSystem;
const readers: Reader[] = [];
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await system.close();
});

/** Reads the stream until it has seen enough. */
class Reader {
  readonly entries: JournalEntry[] = [];
  readonly #abort = new AbortController();
  readonly #body: AsyncIterator<Uint8Array>;
  #text = '';

  private constructor(
    readonly response: Response,
    abort: AbortController,
  ) {
    this.#abort = abort;
    this.#body = response.body![Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    readers.push(this);
  }

  static async open(headers: Record<string, string> = {}, more: RequestInit = {}): Promise<Reader> {
    const abort = new AbortController();
    const url = `${system.apiUrl}/events`;
    return new Reader(await fetch(url, { headers, signal: abort.signal, ...more }), abort);
  }

  /** Reads on; false when the stream has ended. */
  async more(): Promise<boolean> {
    const { done, value } = await this.#body.next();
    if (done) return false;
    this.#text += Buffer.from(value).toString();
    const events = this.#text.split('\n\n');
    this.#text = events.pop() ?? '';
    for (const event of events) {
      const [, id, data] = /^id: (\S+)\ndata: (.*)$/.exec(event) ?? [];
      if (data === undefined) continue;
      const entry = JSON.parse(data) as JournalEntry;
      assert.equal(entry.id, id);
      this.entries.push(entry);
    }
    return true;
  }

  async read(count: number): Promise<JournalEntry[]> {
    while (this.entries.length < count) assert.ok(await this.more(), 'the stream goes on');
    return this.entries;
  }

  close(): void {
    this.#abort.abort();
  }
}

describe('the events', () => {
  it('tell what has happened and what happens, without queries and in short', async () => {
    system = await startPhoneSystem(demo);
    const { journal } = system.phoneSystem;
    const url = 'http://site.example/call?key=hunter2';
    journal.add({
      ...{ type: 'notification', step: 'answered', name: 'IncomingCall', url, ms: 5, callId: 'c1' },
    });
    const reader = await Reader.open();
    assert.equal(reader.response.status, 200);
    assert.equal(reader.response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    assert.equal(reader.response.headers.get('cache-control'), 'no-store');
    journal.add({
      ...{ type: 'script', step: 'error', code: 302, callId: 'c1' },
      problem: 'x'.repeat(1000),
    });
    await send(system, { Command: 'ListExtensions' });
    await send(system, { Command: 'SendSms', Recipient: '4711', Message: 'secret words' });
    const entries = await reader.read(4);
    assert.deepEqual(
      entries.map(({ id: _id, at: _at, ...entry }) => entry),
      [
        {
          ...{ type: 'notification', step: 'answered', name: 'IncomingCall', ms: 5, callId: 'c1' },
          url: 'http://site.example/call',
        },
        {
          ...{ type: 'script', step: 'error', code: 302, callId: 'c1' },
          problem: `${'x'.repeat(299)}…`,
        },
        { type: 'command', name: 'ListExtensions', code: 200, callId: null },
        {
          ...{ type: 'command', name: 'SendSms', code: 501, callId: null },
          problem:
            "Destination of the SMS is not found: '4711' (There is nobody who takes messages at 4711.)",
        },
      ],
    );
    assert.doesNotMatch(JSON.stringify(entries), /hunter2|secret words/);

    const later = await Reader.open({ 'last-event-id': entries[1]!.id });
    assert.deepEqual(await later.read(2), entries.slice(2));
    const stranger = await Reader.open({ 'last-event-id': 'of-another-process-2' });
    assert.deepEqual(await stranger.read(4), entries);
  });

  it('are for who may use the API, by header or form and never by the address', async () => {
    const passwordHash = await hashPassword('secret');
    const httpApi = { username: 'Office', passwordHash };
    system = await startPhoneSystem({ ...demo, httpApi });
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const status = async (headers: Record<string, string>, more: RequestInit = {}) =>
      (await Reader.open(headers, more)).response.status;
    assert.equal(await status({}), 401);
    assert.equal(await status(basic('Office:wrong')), 401);
    assert.equal(await status(basic('Office:secret')), 200);
    const form = new URLSearchParams({ Username: 'Office', Password: 'secret' });
    assert.equal(await status({}, { method: 'POST', body: form }), 200);
    const response = await fetch(`${system.apiUrl}/events?username=Office&Password=secret`);
    assert.equal(response.status, 400);
    assert.match(await response.text(), /Authorization header or the form/);

    system.reconfigure({ ...demo, httpApi: { ...httpApi, rights: ['messages'] } });
    assert.equal(await status(basic('Office:secret')), 403);
    system.reconfigure({ ...demo, httpApi: { allowedAddresses: ['192.0.2.1'] } });
    assert.equal(await status({}), 403);
  });

  it('end when others may read them, so that readers ask anew', async () => {
    system = await startPhoneSystem(demo);
    const reader = await Reader.open();
    await reader.more();
    system.reconfigure(demo);
    const { journal } = system.phoneSystem;
    journal.add({ type: 'command', name: 'Hold', code: 200, callId: null });
    await reader.read(1);
    system.reconfigure({ ...demo, httpApi: { allowedAddresses: ['192.0.2.1'] } });
    journal.add({ type: 'command', name: 'Hold', code: 200, callId: null });
    assert.equal(await reader.more(), false);
    assert.equal(reader.entries.length, 1);
  });

  it('are read by so many at once', async () => {
    system = await startPhoneSystem(demo);
    const all = await Promise.all(Array.from({ length: 33 }, () => Reader.open()));
    assert.equal(all.filter(({ response }) => response.status === 200).length, 32);
    assert.equal(all.find(({ response }) => response.status !== 200)?.response.status, 503);
  });

  it('end with the phone system', async () => {
    system = await startPhoneSystem(demo);
    const reader = await Reader.open();
    await reader.more();
    await system.close();
    const goesOn = await reader.more().catch(() => false);
    assert.equal(goesOn, false);
  });

  it('are kept for a while', async () => {
    system = await startPhoneSystem(demo);
    const { journal } = system.phoneSystem;
    for (let count = 1; count <= 600; count += 1) {
      journal.add({ type: 'command', name: `Command${count}`, code: 200, callId: null });
    }
    const reader = await Reader.open();
    const entries = await reader.read(500);
    assert.deepEqual([entries.length, 'name' in entries[0]! && entries[0].name], [500, 'Command101']);
    assert.equal(new Set(entries.map(({ id }) => id)).size, 500);
  });
});

describe('a page', () => {
  const answer = async (origin: string, method = 'GET') => {
    const request = { method, headers: { origin, 'access-control-request-headers': 'authorization' } };
    const response = await fetch(`${system.apiUrl}/?Command=ListExtensionTypes`, request);
    await response.text();
    return response;
  };

  it('of the web port may read answers, and no other', async () => {
    system = await startPhoneSystem(demo);
    const own = `http://127.0.0.1:${system.ports.web}`;
    const response = await answer(own);
    assert.equal(response.headers.get('access-control-allow-origin'), own);
    assert.equal(response.headers.get('vary'), 'origin');
    const preflight = await answer(own, 'OPTIONS');
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), own);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/);
    for (const origin of [
      `http://localhost:${system.ports.web}`,
      `https://127.0.0.1:${system.ports.web}`,
      `http://127.0.0.1:${system.ports.api}`,
      'http://127.0.0.1',
      'https://evil.example',
      'null',
    ]) {
      const other = await answer(origin);
      assert.equal(other.headers.get('access-control-allow-origin'), null, origin);
      const asked = await answer(origin, 'OPTIONS');
      assert.deepEqual([asked.status, asked.headers.get('access-control-allow-headers')], [404, null]);
    }
  });
});
