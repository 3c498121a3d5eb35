import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demoSettings } from '../../../src/pbx/config/demo.js';
import { validateSettings } from '../../../src/pbx/config/validate.js';
import type { SettingsInput } from '../../../src/pbx/config/settings.js';
import { demoExposed, loopbackOnly, noExtensions } from '../../../src/pbx/warnings.js';

function settings(input: SettingsInput) {
  const validation = validateSettings(input, () => undefined);
  assert.ok('settings' in validation);
  return validation.settings;
}

describe('a machine with nothing but loopback', () => {
  it('gets a warning that says what to do', () => {
    assert.match(
      loopbackOnly({}, ['127.0.0.1', '::1']) ?? '',
      /no network interface but loopback.*--allow-loopback-in-peer-connection/,
    );
  });

  it('is no other machine, and none that has a public address', () => {
    assert.equal(loopbackOnly({}, ['127.0.0.1', '192.0.2.7']), null);
    assert.equal(loopbackOnly({ publicIp: '192.0.2.7' }, ['127.0.0.1']), null);
  });
});

describe('a configuration in which nobody can sign in', () => {
  it('gets a warning that says how to add an extension', () => {
    assert.match(noExtensions(settings({})) ?? '', /There are no extensions.*"passwordHash".*hash-password/);
    assert.equal(noExtensions(settings(demoSettings())), null);
  });
});

describe('a demo that others can reach', () => {
  it('gets a warning, since its passwords are no secret', () => {
    assert.match(demoExposed(settings({ ...demoSettings(), host: '0.0.0.0' })) ?? '', /--host 0\.0\.0\.0/);
    for (const host of ['127.0.0.1', '::1', 'localhost']) {
      assert.equal(demoExposed(settings({ ...demoSettings(), host })), null);
    }
    assert.equal(demoExposed(settings({ host: '0.0.0.0' })), null);
  });
});
