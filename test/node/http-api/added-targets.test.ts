/** The web sites of API extensions that commands added: where they may be, and what is told of them. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem, SettingsInput } from '../../../src/pbx/index.js';
import { WebSite } from '../../support/web-site.js';
import { send } from './api-client.js';

const ports = { port: 0, gatewayPort: 0, apiPort: 0 };

let system: RunningPhoneSystem;
let site: WebSite;
beforeEach(async () => {
  site = await WebSite.start();
});
afterEach(async () => {
  await system.close();
  await site.close();
});

/** Sends a message to an API extension whose web site lies on this machine; whether it was delivered. */
async function delivered(more: SettingsInput, byCommand: boolean): Promise<boolean> {
  system = await startPhoneSystem({ ...demoSettings(), ...ports, logLevel: 'silent', ...more });
  if (byCommand) {
    const inside = `<ID>9000</ID><IncomingMessageUrl>${site.url}/sms</IncomingMessageUrl>`;
    const ConfigXML = `<Config>${inside}</Config>`;
    const { code } = await send(system, { Command: 'AddConfig', ExtensionType: 'API', ConfigXML });
    assert.equal(code, 200);
  }
  const reported = new Promise<boolean>((resolve) => {
    system.phoneSystem.messages.onReport((report) => resolve(report.delivered));
  });
  const DeliveryReportURL = 'http://192.0.2.1/';
  await send(system, { Command: 'SendSms', Recipient: '9000', Message: 'Hello', DeliveryReportURL });
  return reported;
}

describe('the web site of an API extension', () => {
  it('that a command added must be allowed when it is a private address', async () => {
    const httpApi = { allowedAddresses: ['loopback'], allowTargets: [] };
    assert.equal(await delivered({ httpApi }, true), false);
    assert.equal(site.posted.length, 0);
  });

  it('that a command added and the configuration allows is told', async () => {
    const httpApi = { allowedAddresses: ['loopback'], allowTargets: ['loopback'] };
    site.answer = (_request, response) =>
      response.end('<Response><SendSms Recipient="1001" Message="It has come"/></Response>');
    assert.equal(await delivered({ httpApi }, true), true);
    assert.match((await site.request(1)).body, /^NotificationName=IncomingSMS&Sender=/);
    const { journal } = system.phoneSystem;
    const ended = () => journal.since('').some((entry) => entry.type === 'script' && entry.step === 'ended');
    while (!ended()) await new Promise<void>((resolve) => journal.listen(() => resolve()));
    const place = { callId: null, apiExtension: '9000' };
    assert.deepEqual(
      journal
        .since('')
        .filter(({ apiExtension }) => apiExtension === '9000')
        .map(({ id: _id, at: _at, ...entry }) => ({ ...entry, ...('ms' in entry && { ms: 0 }) })),
      [
        {
          ...{ type: 'notification', step: 'answered', name: 'IncomingSMS', url: `${site.url}/sms` },
          ...{ ...place, detail: undefined, problem: undefined, ms: 0 },
        },
        { ...place, type: 'script', step: 'begun' },
        { ...place, type: 'script', step: 'command', command: 'SendSms' },
        { ...place, type: 'script', step: 'ended' },
      ],
    );
  });

  it('that the configuration itself names is told wherever it is', async () => {
    const httpApi = { allowedAddresses: ['loopback'], allowTargets: [] };
    const apiExtensions = [{ id: '9000', name: 'Script', incomingMessageUrl: `${site.url}/sms` }];
    assert.equal(await delivered({ httpApi, apiExtensions }, false), true);
    assert.equal((await site.request(1)).path, '/sms');
  });
});
