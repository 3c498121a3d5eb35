/** Who may use the HTTP API, and the tokens it makes, over real sockets. */
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../../../src/pbx/accounts/index.js';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem, SettingsInput } from '../../../src/pbx/index.js';
import { Client } from '../gateway/client.js';
import { send } from './api-client.js';

const ports = { port: 0, gatewayPort: 0, apiPort: 0 };
const settings: SettingsInput = { ...demoSettings(), ...ports, data: ':memory:', logLevel: 'silent' };

const authXml = (inside: string) => `<?xml version="1.0"?><SecurityToken>${inside}</SecurityToken>`;
const ALLOW = (value: string) => authXml(`<AllowSessionModification>${value}</AllowSessionModification>`);
const COMMAND = { Command: 'GenerateSecurityToken', AuthXml: ALLOW('False') };

/** What somebody may do who signs in by a token. */
async function privilegesOf(system: RunningPhoneSystem, token: string): Promise<string[]> {
  const client = await Client.connect(system.gatewayUrl);
  const { identity } = await client.openByToken(token);
  await client.close();
  return identity.privileges;
}

describe('GenerateSecurityToken', () => {
  let system: RunningPhoneSystem;
  before(async () => {
    system = await startPhoneSystem(settings, { demo: true });
  });
  after(() => system.close());

  it('gives a token to sign in with, by GET and by POST, on any path', async () => {
    for (const options of [{}, { post: true }, { post: true, path: '/any/path' }]) {
      const { code, message, token } = await send(system, COMMAND, options);
      assert.deepEqual([code, message], [200, 'Command successfully executed']);
      assert.match(token ?? '', /^[\w-]{22}$/);
      assert.deepEqual(await privilegesOf(system, token!), [
        ...['sessions.view', 'calls.setup', 'history', 'users'],
      ]);
    }
  });

  it('gives the rights that are asked for', async () => {
    const { token } = await send(system, { ...COMMAND, AuthXml: ALLOW('True') });
    assert.deepEqual((await privilegesOf(system, token!)).slice(4), ['sessions.modify', 'sessions.listen']);
    const plain = await send(system, { ...COMMAND, AuthXml: authXml('') });
    assert.equal((await privilegesOf(system, plain.token!)).length, 4);
  });

  it('takes the names of command and parameters in upper and lower case', async () => {
    const { code } = await send(system, { COMMAND: 'generateSECURITYtoken', authxml: ALLOW(' true ') });
    assert.equal(code, 200);
  });

  it('says what is missing or wrong', async () => {
    const invalid = (parameter: string, command = 'GenerateSecurityToken') =>
      `Missing or invalid parameter '${parameter}' for command '${command}'`;
    for (const [parameters, code, message] of [
      [{}, 302, invalid('Command', '')],
      [{ Command: 'GenerateSecurityToken' }, 302, invalid('AuthXml')],
      [{ ...COMMAND, AuthXml: ALLOW('perhaps') }, 302, invalid('AllowSessionModification')],
      [{ ...COMMAND, AuthXml: '<Other/>' }, 302, invalid('AuthXml')],
      [{ ...COMMAND, AuthXml: authXml('<AllowEverything>True</AllowEverything>') }, 302, invalid('AuthXml')],
      ['Command=GenerateSecurityToken&AuthXml=%3Ca/%3E&authXML=%3Cb/%3E', 302, invalid('AuthXml')],
      [{ Command: 'SendAlarmNotification' }, 301, "Not implemented command: 'SendAlarmNotification'"],
      [{ Command: '__proto__' }, 301, "Not implemented command: '__proto__'"],
      [{ Command: '<x>&\u0000' }, 301, "Not implemented command: '<x>&?'"],
    ] as const) {
      const answer = await send(system, parameters as Record<string, string>);
      assert.deepEqual([answer.code, answer.message, answer.token], [code, message, undefined]);
    }
  });

  it('refuses what is no XML, and XML that could expand or load something', async () => {
    for (const xml of [
      'x',
      '<SecurityToken>',
      '<SecurityToken></Other>',
      '<SecurityToken/><SecurityToken/>',
      ALLOW('&e;').replace('?>', '?><!DOCTYPE x [<!ENTITY e "True">]>'),
      ALLOW('True').replace('?>', '?><!DOCTYPE SecurityToken SYSTEM "http://127.0.0.1/x">'),
      ALLOW('&e;'),
      ALLOW('<?php ?>'),
      ALLOW('\u0001'),
      '<a>'.repeat(1000),
    ]) {
      const { code, token } = await send(system, { ...COMMAND, AuthXml: xml }, { post: true });
      assert.deepEqual([code, token], [300, undefined], xml.slice(0, 60));
    }
  });

  it('refuses bodies of another type, and those that are too long', async () => {
    for (const [type, body] of [
      ['application/json', '{"Command":"GenerateSecurityToken"}'],
      ['application/x-www-form-urlencoded', `Command=${'x'.repeat(300_000)}`],
    ] as const) {
      const response = await fetch(system.apiUrl, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      assert.equal(response.status, 200);
      assert.match(await response.text(), /<Code>300<\/Code>/);
    }
  });

  it('is for programs of this machine, not for pages of others that run on it', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      // Pictures and links hide the origin, but browsers say that another site asks.
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      assert.equal((await send(system, COMMAND, { headers })).code, 307, JSON.stringify(headers));
    }
    for (const headers of [{ origin: 'http://localhost:7777' }, { 'sec-fetch-site': 'none' }]) {
      assert.equal((await send(system, COMMAND, { headers })).code, 200, JSON.stringify(headers));
    }
    // The name by which a page of another site would reach this machine after DNS rebinding.
    assert.match(await sendAs(system, 'evil.example'), /<Code>307<\/Code>.*by an IP address or as localhost/);
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      assert.match(await sendAs(system, name), /<Code>200<\/Code>/);
    }
  });
});

/** Sends the command to the phone system under another name; brings the answer. */
async function sendAs({ apiUrl }: RunningPhoneSystem, name: string): Promise<string> {
  const { port } = new URL(apiUrl);
  const path = `/?${new URLSearchParams(COMMAND).toString()}`;
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: { host: `${name}:${port}` } }, (response) => {
      let all = '';
      response.setEncoding('utf8').on('data', (part: string) => (all += part));
      response.on('end', () => resolve(all));
    }).on('error', reject);
  });
}

describe('access to the HTTP API', () => {
  it('is for nobody without the key in the configuration', async () => {
    const { httpApi: _open, ...closed } = settings;
    const system = await startPhoneSystem(closed, { demo: true });
    const { code, message } = await send(system, COMMAND);
    assert.equal(code, 306);
    assert.match(message, /httpApi/);
    await system.close();
  });

  it('is for the addresses that are allowed and not denied, before anything else is looked at', async () => {
    const passwordHash = await hashPassword('secret');
    for (const [httpApi, code] of [
      [{ allowedAddresses: ['192.0.2.0/24'], username: 'Office', passwordHash }, 307],
      [{ deniedAddresses: ['127.0.0.0/8'], username: 'Office', passwordHash }, 307],
      [{ allowedAddresses: ['loopback'], deniedAddresses: ['127.0.0.1'] }, 307],
      [{ allowedAddresses: ['127.0.0.1', '192.0.2.0/24'], deniedAddresses: ['127.0.0.2'] }, 200],
      [{ allowedAddresses: ['127.0.0.1'], username: 'Office', passwordHash }, 304],
    ] as const) {
      const system = await startPhoneSystem({ ...settings, httpApi } as unknown as SettingsInput);
      assert.equal((await send(system, COMMAND)).code, code, JSON.stringify(httpApi));
      await system.close();
    }
  });

  it('needs user name and password once the configuration has them, also in the demo', async () => {
    const httpApi = { username: 'Office', passwordHash: await hashPassword('pass word&') };
    const system = await startPhoneSystem({ ...settings, httpApi }, { demo: true });
    const attempt = async (more: Record<string, string>) =>
      (await send(system, { ...COMMAND, ...more })).code;
    assert.equal(await attempt({}), 304);
    assert.equal(await attempt({ Username: 'Office' }), 304);
    assert.equal(await attempt({ Username: 'Office', Password: 'wrong' }), 305);
    assert.equal(await attempt({ Username: 'office', Password: 'pass word&' }), 305);
    assert.equal(await attempt({ username: 'Office', PASSWORD: 'pass word&' }), 200);
    const unknown = await send(system, { Command: 'Unknown' });
    assert.equal(unknown.code, 304, 'who may not use it is not told what there is');

    for (let count = 0; count < 5; count += 1) await attempt({ Username: 'Office', Password: 'guess' });
    const locked = await send(system, { ...COMMAND, Username: 'Office', Password: 'pass word&' });
    assert.equal(locked.code, 305);
    assert.match(locked.message, /later/);
    await system.close();
  });

  it('follows the configuration at run time', async () => {
    const system = await startPhoneSystem(settings, { demo: true });
    assert.equal((await send(system, COMMAND)).code, 200);
    const httpApi = { username: 'Office', passwordHash: await hashPassword('secret') };
    assert.deepEqual(system.reconfigure({ ...settings, httpApi, publicIp: '192.0.2.1' }), ['publicIp']);
    assert.equal((await send(system, COMMAND)).code, 304);
    assert.deepEqual(system.reconfigure(settings), []);
    assert.equal((await send(system, COMMAND)).code, 200);
    await system.close();
  });
});
