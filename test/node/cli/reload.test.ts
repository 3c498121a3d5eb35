/** A process that is told to read its configuration again, and one that is killed in the middle of calls. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { RTCPeerConnection } from 'werift';
import { demoSettings } from '../../../src/pbx/index.js';
import { Client } from '../gateway/client.js';
import { cli } from './process.js';
import type { Program } from './process.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-reload-'));
after(() => rmSync(root, { recursive: true }));

const PORTS = ['--port', '0', '--gateway-port', '0', '--api-port', '0'];
const { extensions = [], conferences, outsideLines, users } = demoSettings();
const phoneBook = { extensions, conferences, outsideLines, users };

async function gatewayOf(running: Program): Promise<string> {
  const [, gateway = ''] = await running.said(/Gateway +(\S+)\n/);
  await running.said(/Ctrl\+C\.\n/);
  return gateway.replace('localhost', '127.0.0.1');
}

async function signIn(gateway: string, extension: string): Promise<Client> {
  const client = await Client.connect(gateway);
  await client.open(extension);
  return client;
}

describe('SIGHUP', () => {
  it('has the configuration read again; a broken one is refused and the old one stays', async () => {
    const path = join(root, 'pbx.json');
    const write = (content: unknown) =>
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    write(phoneBook);
    const running = cli([...PORTS, '--data', ':memory:', '--config', path]);
    const gateway = await gatewayOf(running);
    const [front, sales] = [await signIn(gateway, '1001'), await signIn(gateway, '1002')];

    write({
      ...phoneBook,
      users: [],
      extensions: extensions.filter(({ id }) => id !== '1002'),
      logLevel: 'debug',
    });
    running.kill('SIGHUP');
    assert.equal((await sales.event('connection.closing')).reason, 'account-removed');
    await front.event('extension.removed', ({ id }) => id === '1002');
    await running.said(/Some keys have changed that count only when/, 'stderr');
    assert.match(running.stderr, /"keys":\["logLevel"\]/);

    write('{ "extensions": [ }');
    running.kill('SIGHUP');
    await running.said(/stays as it was/, 'stderr');
    write({ ...phoneBook, extensions: [{ id: '1001', name: 'Front desk', passwordHash: 'hunter2' }] });
    running.kill('SIGHUP');
    await running.said(/stays as it was[^]*stays as it was/, 'stderr');
    await front.ask('connection.ping', {});

    write(phoneBook);
    running.kill('SIGHUP');
    await front.event('extension.changed', ({ id, status }) => id === '1002' && status === 'offline');
    await (await signIn(gateway, '1002')).close();
    await front.close();
    running.kill('SIGTERM');
    const { code, complaints, stderr } = await running.ended;
    assert.equal(code, 0);
    assert.deepEqual(complaints, [
      `ozeki-webphone: file ${path}: expected JSON, but line 1, column 19 is not.`,
      'ozeki-webphone: The configuration stays as it was.',
      `ozeki-webphone: extensions[0].passwordHash (file ${path}): expected a hash printed by "ozeki-webphone hash-password".`,
      'ozeki-webphone: The configuration stays as it was.',
    ]);
    assert.equal(stderr.includes('hunter2'), false);
  });
});

/** An offer of a real peer connection, for the phone system's real media. */
async function offerOf(peer: RTCPeerConnection): Promise<string> {
  peer.addTransceiver('audio');
  const offer = await peer.createOffer();
  await peer.setLocalDescription(offer);
  return offer.sdp;
}

describe('kill -9', () => {
  it('loses no call whose end was told; those that went on are waited for, and aborted when nobody comes', async () => {
    const data = join(root, 'data');
    const path = join(root, 'kill.json');
    writeFileSync(path, JSON.stringify(phoneBook));
    const running = cli([...PORTS, '--data', data, '--config', path]);
    const gateway = await gatewayOf(running);
    const phones = await Promise.all(['1001', '1002', '1003', '1004'].map((id) => signIn(gateway, id)));
    const [front, sales, support, chief] = phones as [Client, Client, Client, Client];
    const peers = Array.from({ length: 4 }, () => new RTCPeerConnection({}));

    const call = async (caller: Client, callee: Client, to: string) => {
      const [one, two] = [await offerOf(peers.pop()!), await offerOf(peers.pop()!)];
      await caller.ask('call.start', { callId: `to-${to}`, to, offer: one, video: false });
      const { id } = await callee.event('call.changed', ({ state }) => state === 'ringing');
      await callee.ask('call.accept', { callId: id, offer: two, video: false });
      return (await caller.event('call.changed', ({ state }) => state === 'active')).sessionId;
    };
    const kept = [...peers];
    const open = await call(support, chief, '1004');
    const finished = await call(front, sales, '1002');
    front.raw(JSON.stringify({ jsonrpc: '2.0', method: 'call.hangup', params: { callId: 'to-1002' } }));
    await sales.event('session.closed', ({ id }) => id === finished);
    running.kill('SIGKILL');
    assert.equal((await running.ended).signal, 'SIGKILL');
    for (const peer of kept) await peer.close();

    // The next process waits for both parties of the call that went on; told to end, it waits no longer.
    for (const expected of [
      [[finished, 'CallerHungUp']],
      [
        [open, 'Aborted'],
        [finished, 'CallerHungUp'],
      ],
    ] as const) {
      const again = cli([...PORTS, '--data', data, '--config', path]);
      const asker = await signIn(await gatewayOf(again), '1004');
      const { records } = await asker.ask('history.query', {});
      assert.deepEqual(
        new Map(records.map(({ callId, state }) => [callId, state])),
        new Map<string, string>(expected),
      );
      assert.ok(records.every(({ answeredAt, endedAt }) => answeredAt !== null && endedAt !== null));
      await asker.close();
      again.kill('SIGTERM');
      await again.ended;
    }
  });
});

describe('a security token', () => {
  it('is still good after a restart', async () => {
    const data = join(root, 'tokens');
    const start = () => cli(['--demo', ...PORTS, '--data', data]);
    const first = start();
    await gatewayOf(first);
    const [, api = ''] = /HTTP API +(\S+)\n/.exec(first.stdout) ?? [];
    const xml = '<SecurityToken><AllowSessionModification>True</AllowSessionModification></SecurityToken>';
    const query = new URLSearchParams({ Command: 'GenerateSecurityToken', AuthXml: xml }).toString();
    const answer = await (await fetch(`${api.replace('localhost', '127.0.0.1')}/?${query}`)).text();
    const [, token = ''] = /<SecurityToken>(.{22})<\/SecurityToken>/.exec(answer) ?? [];
    first.kill('SIGKILL');
    const { stdout, stderr } = await first.ended;
    assert.notEqual(token, '');
    assert.equal((stdout + stderr).includes(token), false);

    const second = start();
    const client = await Client.connect(await gatewayOf(second));
    const { identity } = await client.openByToken(token);
    assert.ok(identity.privileges.includes('sessions.modify'));
    await client.close();
    second.kill('SIGTERM');
    await second.ended;
  });
});
