import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startPhoneSystem } from '../../src/pbx/index.js';
import type { RunningPhoneSystem, SettingsInput } from '../../src/pbx/index.js';
import { DOMAIN, PASSWORD, SipLab } from '../support/sip-lab.js';
import { until } from '../support/until.js';

describe('an outside line of type SIP', () => {
  let lab: SipLab;
  let house: RunningPhoneSystem | undefined;
  before(async () => (lab = await SipLab.start()));
  after(async () => {
    await house?.close();
    await lab?.stop();
  });

  it('registers', async () => {
    house = await startPhoneSystem({
      ...{ port: 0, gatewayPort: 0, apiPort: 0, data: ':memory:', logLevel: 'debug' },
      outsideLines: [
        {
          id: 'lab',
          type: 'sip',
          name: 'Lab',
          server: lab.udp,
          domain: DOMAIN,
          username: '300',
          password: PASSWORD,
        },
      ],
    } satisfies SettingsInput);
    await until(() => house!.phoneSystem.lines[0]?.state === 'registered');
    assert.ok(true);
  });
});
