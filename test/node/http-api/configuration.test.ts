/** Extensions by command: AddConfig, ModifyConfig, RemoveConfig, GetConfig and the lists. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem } from '../../../src/pbx/index.js';
import { Client } from '../gateway/client.js';
import { plain, send } from './api-client.js';

const ports = { port: 0, gatewayPort: 0, apiPort: 0 };

let system: RunningPhoneSystem;
beforeEach(async () => {
  system = await startPhoneSystem({ ...demoSettings(), ...ports, logLevel: 'silent' });
});
afterEach(() => system.close());

const config = (inside: string, knownType = 'WebphoneExtensionInfo') =>
  `<?xml version="1.0"?><Config knownType="${knownType}">${inside}</Config>`;
const DOCUMENTED =
  '<AuthorizationName>2001</AuthorizationName><Password> s3cret &amp; more </Password>' +
  '<Username>New desk</Username><Enabled>true</Enabled><ID>2001</ID><UserID>anna</UserID>';

const add = (ConfigXML: string, ExtensionType = 'Webphone') =>
  send(system, { Command: 'AddConfig', ExtensionType, ConfigXML }, { post: true });
const modify = (ConfigXML: string, ExtensionType = 'Webphone') =>
  send(system, { Command: 'ModifyConfig', ExtensionType, ConfigXML }, { post: true });
const get = (ExtensionId: string) => send(system, { Command: 'GetConfig', ExtensionId });
const remove = (ExtensionId: string) => send(system, { Command: 'RemoveConfig', ExtensionId });

describe('an extension that a command adds', () => {
  it('can be signed in as, shown, changed and removed, and phones are told', async () => {
    const desk = await Client.connect(system.gatewayUrl);
    await desk.open('1001');
    assert.equal((await add(config(DOCUMENTED, 'SIPExtensionInfo'), 'SIP')).code, 200);
    await desk.event('extension.changed', ({ id, name }) => id === '2001' && name === 'New desk');

    const phone = await Client.connect(system.gatewayUrl);
    const credentials = { kind: 'password', extension: '2001', password: ' s3cret & more ' } as const;
    await phone.ask('connection.open', { protocol: 1, credentials });
    const shown = await get('2001');
    assert.equal(shown.code, 200);
    const [first, ...rest] = shown.root.children;
    assert.deepEqual(
      [first?.name, first?.attributes, rest.map(({ name }) => name)],
      ['Config', [{ name: 'knownType', value: 'WebphoneExtensionInfo' }], ['Code', 'Message']],
    );
    const { Config } = plain(first!) as { Config: Record<string, string>[] };
    const fields = Object.assign({}, ...Config) as Record<string, string>;
    assert.match(fields.LastIPAddress ?? '', /^127\.0\.0\.1:\d+ \(Tcp\)$/);
    assert.deepEqual(
      { ...fields, LastIPAddress: '' },
      {
        ...{ AuthorizationName: '2001', Password: '', LastIPAddress: '', UserAgentName: '' },
        ...{ Username: 'New desk', Enabled: 'true', ID: '2001', UserID: 'anna' },
      },
    );

    // What was shown can be sent back: nothing changes, not even the password.
    const again = shown.text.replace(/^.*?(<Config.*<\/Config>).*$/s, '$1');
    assert.equal((await modify(again)).code, 200);
    await phone.ask('connection.ping', {});
    assert.equal((await modify(config('<ID>2001</ID><Username>Night</Username>'))).code, 200);
    await desk.event('extension.changed', ({ id, name }) => id === '2001' && name === 'Night');
    assert.equal((await modify(config('<ID>2001</ID><Password>other</Password>'))).code, 200);
    assert.equal((await phone.event('connection.closing')).reason, 'account-removed');

    assert.equal((await remove('2001')).code, 200);
    await desk.event('extension.removed', ({ id }) => id === '2001');
    assert.equal((await get('2001')).code, 701);
    await desk.close();
  });

  it('may be an API extension or a conference', async () => {
    const api = '<ID>9998</ID><incomingcallurl>https://site.example/call?a=b&amp;c=d</incomingcallurl>';
    assert.equal((await add(config(api, 'APIExtensionInfo'), 'api')).code, 200);
    assert.equal((await add('<Config><ID>5001</ID></Config>', 'Conference')).code, 200);
    const { text } = await get('9998');
    assert.match(text, /<IncomingCallUrl>https:\/\/site\.example\/call\?a=b&amp;c=d<\/IncomingCallUrl>/);
    assert.match(text, /<Config knownType="APIExtensionInfo">/);
    assert.equal(system.phoneSystem.settings.apiExtensions.at(-1)?.trusted, false);
    const { root } = await send(system, { Command: 'ListExtensions' });
    assert.deepEqual(plain(root.children.at(-1)!), {
      Extensions: [
        ...['1001', '1002', '1003', '1004'].map((Id) => ({ Id, Type: 'Webphone' })),
        { Id: '5000', Type: 'Conference' },
        { Id: '9999', Type: 'API' },
        { Id: '5001', Type: 'Conference' },
        { Id: '9998', Type: 'API' },
      ].map(({ Id, Type }) => ({ ExtensionSummary: [{ Id }, { Type }] })),
    });
  });

  it('is refused when it cannot be one', async () => {
    const xmlError = await add('<Config><ID>1</Config>');
    assert.equal(xmlError.code, 300);
    assert.match(xmlError.message, /^Error occured during parsing message: 'parameter 'ConfigXML': /);
    for (const [document, code, words] of [
      ['<Other/>', 702, /the document is a Config/],
      [config('<Password>x</Password>'), 702, /ID: it is missing/],
      [config('<ID></ID><Password>x</Password>'), 702, /ID: it is missing/],
      [config('<ID>2 1</ID><Password>x</Password>'), 702, /ID: /],
      [config('<ID>2001</ID>'), 702, /Password: it is missing/],
      [config('<ID>2001</ID><ID>2002</ID>'), 702, /ID: it is there twice/],
      [config('<ID><b>2001</b></ID>'), 702, /ID: it holds a text/],
      [config('<ID>2001</ID><Password>x</Password><Enabled>perhaps</Enabled>'), 702, /Enabled: /],
      [config('<ID>2001</ID><Password>x</Password><Colour>red</Colour>'), 702, /Colour: there is no/],
      [config('<ID>2001</ID><Password>x</Password><constructor>x</constructor>'), 702, /constructor: /],
      [config('<ID>2001</ID><Password>x</Password><UserID>eve</UserID>'), 702, /UserID: there is no such/],
      [config('<ID>2001</ID><AuthorizationName>ann</AuthorizationName>'), 702, /AuthorizationName: /],
      [config('<ID>2001</ID><Password>x</Password>', 'APIExtensionInfo'), 702, /knownType: /],
      [config('<ID>1001</ID><Password>x</Password>'), 703, /Extension configuration already exists: '1001'/],
      [config('<ID>website</ID><Password>x</Password>'), 703, /'website'/],
    ] as const) {
      const { code: answered, message } = await add(document);
      assert.equal(answered, code, document);
      assert.match(message, words);
      assert.doesNotMatch(message, /s3cret|<Password>/);
    }
    assert.equal((await add(config(DOCUMENTED), 'Fax')).code, 302);
    assert.equal((await send(system, { Command: 'AddConfig', ExtensionType: 'API' })).code, 302);
    assert.equal(system.phoneSystem.extensions.list().length, 6);
  });

  it('is the only kind that commands change', async () => {
    for (const { code, message } of [
      await modify(config('<ID>1001</ID><Username>Mine</Username>')),
      await remove('1001'),
    ]) {
      assert.deepEqual(
        [code, message],
        [702, "Invalid configuration: '1001' is in the configuration file and is changed there"],
      );
    }
    for (const { code, message } of [await remove('2001'), await modify(config('<ID>2001</ID>'))]) {
      assert.deepEqual([code, message], [701, "Configuration for type '2001' not found"]);
    }
    assert.match((await get('1001')).text, /<Password><\/Password>/);
    assert.match((await get('9999')).text, /<Username>API extension<\/Username>/);
  });
});

describe('ListExtensionTypes', () => {
  it('lists what can be added', async () => {
    const { all } = await send(system, { Command: 'listextensiontypes' });
    assert.deepEqual(all('ExtensionType'), ['Webphone', 'API', 'Conference']);
  });
});
