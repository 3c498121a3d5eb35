/** The page on which the HTTP API is tried out, and the pages it is served beside. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { hashPassword } from '../../src/pbx/accounts/index.js';
import type { RunningPhoneSystem, SettingsInput, StartOptions } from '../../src/pbx/index.js';
import { Client } from '../node/gateway/client.js';
import { startBrowser } from '../support/browser.js';
import { Desk } from '../support/desk.js';

// The built package, as users run it: not the sources.
const entry = new URL('../../dist/pbx/index.js', import.meta.url).href;
const { startPhoneSystem, demoSettings } = (await import(entry)) as {
  startPhoneSystem(settings: SettingsInput, options?: StartOptions): Promise<RunningPhoneSystem>;
  demoSettings(): SettingsInput;
};
const settings: SettingsInput = {
  ...demoSettings(),
  ...{ port: 0, gatewayPort: 0, apiPort: 0, logLevel: 'silent' },
};

let browser: Browser;
let system: RunningPhoneSystem;
const desks: Desk[] = [];

before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());
afterEach(async () => {
  const troubles: string[] = [];
  for (const desk of desks.splice(0)) {
    troubles.push(...desk.errors, ...(await desk.violations()));
    await desk.close();
  }
  await system.close();
  assert.deepEqual(troubles, [], 'no page threw or broke its policy');
});

async function open(path = '/http-api/'): Promise<Desk> {
  const desk = await Desk.open(browser, { url: system.url + path });
  desks.push(desk);
  return desk;
}

const choose = (desk: Desk, command: string) => desk.page.select('#command', command);

describe('the HTTP API Tester', () => {
  it('is linked from the demo, and lists every command with its parameters', async () => {
    system = await startPhoneSystem(settings, { demo: true });
    const desk = await open('/');
    await desk.page.click('a[href="http-api/"]');
    await desk.page.waitForSelector('#parameters .field');
    const { commands, port, signIn } = (await (await fetch(`${system.url}/http-api/api.json`)).json()) as {
      commands: { name: string; parameters: { name: string }[] }[];
      port: number;
      signIn: boolean;
    };
    assert.deepEqual([port, signIn], [system.ports.api, false]);
    const listed = await desk.page.$$eval('#command option', (options) => options.map(({ value }) => value));
    // They are listed by group.
    assert.deepEqual(listed.sort(), commands.map(({ name }) => name).sort());
    assert.ok(listed.length > 20);
    for (const { name, parameters } of commands) {
      await choose(desk, name);
      const shown = await desk.page.$$eval('#parameters label', (labels) =>
        labels.map(({ textContent }) => textContent),
      );
      assert.deepEqual(
        shown,
        parameters.map((parameter) => parameter.name),
        name,
      );
    }
  });

  it('sends a command by GET and by POST, and shows what goes out, comes back and happens', async () => {
    system = await startPhoneSystem(settings, { demo: true });
    const phone = await Client.connect(system.gatewayUrl);
    await phone.open('1001');
    const desk = await open('/http-api/#SendSms');
    await desk.shows('#stream', 'Live');
    await desk.fill('Recipient', '1001');
    await desk.fill('Message', 'Ebéd & <b>más</b>?\nMa.');
    await desk.shows('#request', /POST http:\/\/127\.0\.0\.1:\d+\/ .*Message ?=Eb%C3%A9d\+%26/);
    for (const method of ['POST', 'GET']) {
      await desk.page.click(`input[value=${method}]`);
      await desk.shows('#request', `${method} http`);
      await desk.press('Send');
      await desk.shows('#status', /^ ?200 Command successfully executed · \d+ ms/);
      await desk.shows('#response', /<SmsId> ?[\da-f-]{36} ?<\/SmsId>/);
    }
    await phone.until(() => phone.told('message').length === 2);
    for (const { text } of phone.told('message')) assert.equal(text, 'Ebéd & <b>más</b>?\nMa.');
    await desk.shows('#events', /Command.*SendSms.*200.*Command.*SendSms.*200/);

    await desk.fill('Recipient', '');
    await desk.press('Send');
    await desk.shows('#status', /302 Missing or invalid parameter 'Recipient' for command 'SendSms'/);
    await desk.shows('#events', /SendSms.*Missing or invalid parameter 'Recipient'/);
    await phone.close();
  });

  it('writes the request as a command line that does the same', async () => {
    system = await startPhoneSystem(settings, { demo: true });
    const phone = await Client.connect(system.gatewayUrl);
    await phone.open('1001');
    const desk = await open('/http-api/#SendSms');
    await desk.context.overridePermissions(system.url, ['clipboard-read', 'clipboard-sanitized-write']);
    await desk.fill('Recipient', '1001');
    const text = 'It\'s $HOME & `id` \\ 100% "ok"';
    await desk.fill('Message', text);
    for (const [index, method] of ['GET', 'POST'].entries()) {
      await desk.page.click(`input[value=${method}]`);
      await desk.press('Copy as curl');
      await desk.shows('#copy', 'Copied');
      const line = await desk.page.evaluate(() => navigator.clipboard.readText());
      assert.equal(line.includes('--get'), method === 'GET');
      const { stdout } = await promisify(execFile)('sh', ['-c', line]);
      assert.match(stdout, /<Code>200<\/Code>/);
      await phone.until(() => phone.told('message').length > index);
      assert.equal(phone.told('message')[index]?.text, text);
      await desk.shows('#copy', 'Copy as curl');
    }
    await phone.close();
  });

  it('shows scripts and notifications call by call, as they happen', async () => {
    system = await startPhoneSystem(settings, { demo: true });
    const desk = await open();
    await desk.shows('#stream', 'Live');
    const { journal } = system.phoneSystem;
    const script = { type: 'script', apiExtension: '9999' } as const;
    for (const callId of ['call-a', 'call-b']) {
      journal.add({
        ...{ type: 'notification', step: 'answered', name: 'IncomingCall', callId },
        ...{ url: 'https://site.example/call?key=hunter2', ms: 12, apiExtension: '9999' },
      });
      journal.add({ ...script, step: 'begun', callId });
    }
    journal.add({ ...script, step: 'command', command: 'Speak', callId: 'call-a' });
    journal.add({ ...script, step: 'error', code: 302, problem: '<b>wrong</b>', callId: 'call-a' });
    await desk.shows('#events', '<b>wrong</b>');
    const calls = await desk.page.$$eval('.call', (sections) =>
      sections.map((section) =>
        [...section.querySelectorAll('h3, .kind, .what')].map(({ textContent }) => textContent.trim()),
      ),
    );
    assert.deepEqual(calls, [
      [
        ...['Callcall-b · API extension 9999', 'Notification'],
        ...['IncomingCall https://site.example/call · 12 ms', 'Script', 'begins'],
      ],
      [
        ...['Callcall-a · API extension 9999', 'Notification'],
        ...['IncomingCall https://site.example/call · 12 ms', 'Script', 'begins'],
        ...['Script', 'Speak', 'Script', 'Error 302 <b>wrong</b>'],
      ],
    ]);
    await desk.press('Clear');
    await desk.shows('#no-events', 'appear here as they happen');
    journal.add({ ...script, step: 'ended', callId: 'call-a' });
    await desk.shows('#events', 'ends');
  });

  it('asks for user name and password where they are needed, and puts them into no address', async () => {
    const httpApi = { username: 'Office', passwordHash: await hashPassword('sécret') };
    system = await startPhoneSystem({ ...settings, httpApi });
    const desk = await open('/http-api/#ListExtensions');
    const addresses: string[] = [];
    desk.page.on('request', (request) => addresses.push(request.url()));
    await desk.shows('#stream', 'Waiting for user name and password');
    await desk.fill('User name', 'Office');
    await desk.fill('Password', 'wrong');
    await desk.press('Send');
    await desk.shows('#status', '305 Authentication failed');
    await desk.shows('#stream', 'Authentication failed');
    await desk.fill('Password', 'sécret');
    await desk.press('Send');
    await desk.shows('#status', '200 Command successfully executed');
    await desk.shows('#response', '1004');
    await desk.shows('#stream', 'Live');
    await desk.shows('#events', 'ListExtensions');
    assert.ok(addresses.length > 3);
    assert.ok(addresses.every((address) => !/wrong|s%C3%A9cret|sécret|Office/i.test(address)));
    assert.equal(
      (await desk.page.$eval('#request', ({ textContent }) => textContent)).includes('Office'),
      false,
    );
  });

  it('is there outside of the demo as long as the configuration has the API, with what it needs', async () => {
    const { httpApi: _api, ...closed } = settings;
    system = await startPhoneSystem(closed);
    const status = async (path: string) => (await fetch(system.url + path, { redirect: 'manual' })).status;
    const paths = ['/http-api/', '/http-api/tester.js', '/http-api/api.json', '/http-api', '/demo.css'];
    assert.deepEqual(await Promise.all(paths.map(status)), [404, 404, 404, 404, 404]);
    system.reconfigure(settings);
    assert.deepEqual(await Promise.all(paths.map(status)), [200, 200, 200, 302, 200]);
    const { headers } = await fetch(`${system.url}/http-api/`);
    const { port } = new URL(system.apiUrl);
    assert.match(
      headers.get('content-security-policy') ?? '',
      new RegExp(
        `^default-src 'self'; connect-src 'self' http://127\\.0\\.0\\.1:${port}; media-src http://127\\.0\\.0\\.1:${port}; .*require-trusted-types-for 'script'$`,
      ),
    );
    const desk = await open();
    await desk.shows('#stream', 'Live');
    const wide = await desk.page.evaluate(() => getComputedStyle(document.querySelector('header')!).display);
    assert.equal(wide, 'flex', 'the style sheet it shares with the demo is there');
  });

  it('says when the phone system is gone, and goes on when it is back', async () => {
    system = await startPhoneSystem(settings, { demo: true });
    const desk = await open('/http-api/#ListExtensions');
    await desk.shows('#stream', 'Live');
    const { port, gatewayPort, apiPort } = system.settings;
    await system.close();
    await desk.shows('#stream', 'The HTTP API cannot be reached.');
    await desk.press('Send');
    await desk.shows('#status', 'cannot be reached.');
    system = await startPhoneSystem({ ...settings, port, gatewayPort, apiPort }, { demo: true });
    await desk.shows('#stream', 'Live');
    await desk.press('Send');
    await desk.shows('#status', '200 Command successfully executed');
  });
});
