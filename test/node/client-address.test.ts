import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientAddress, sourceOf } from '../../src/pbx/client-address.js';

describe('the address of a client', () => {
  const proxies = { trustedProxies: ['10.0.0.0/8', 'fd00::/8', 'loopback'] };
  const cases: [string, string, string | undefined, string][] = [
    ['is that of whoever connects', '192.0.2.1', undefined, '192.0.2.1'],
    ['is not what somebody who is no proxy says', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
    ['is what a trusted proxy says', '10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['is not what the client itself added before', '10.0.0.1', '127.0.0.1, 198.51.100.7', '198.51.100.7'],
    ['is found behind several proxies', '10.0.0.1', '6.6.6.6, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
    ['may have a port', '10.0.0.1', '198.51.100.7:4711', '198.51.100.7'],
    ['may be of version 6', '10.0.0.1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['may be of version 6 without brackets', 'fd00::1', '2001:db8::7', '2001:db8::7'],
    ['is the proxy’s when that says nothing that is an address', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['is the last proxy’s when there are only proxies', '10.0.0.1', '10.0.0.2', '10.0.0.2'],
    ['is the same in its longer form', '::ffff:10.0.0.1', '::ffff:198.51.100.7', '198.51.100.7'],
  ];
  for (const [what, remote, forwarded, expected] of cases) {
    it(what, () => {
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
      assert.equal(clientAddress(remote, headers, proxies), expected);
    });
  }

  it('is whoever connects when no proxy is trusted', () => {
    const headers = { 'x-forwarded-for': '198.51.100.7' };
    assert.equal(clientAddress('127.0.0.1', headers, { trustedProxies: [] }), '127.0.0.1');
  });

  it('counts alone in version 4, with its network in version 6', () => {
    assert.equal(sourceOf('192.0.2.1'), '192.0.2.1');
    assert.equal(sourceOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
    assert.equal(sourceOf('2001:0db8:0001:0002::9'), '2001:db8:1:2::/64');
    assert.equal(sourceOf('fe80::1%eth0'), 'fe80:0:0:0::/64');
    assert.equal(sourceOf('::1'), '0:0:0:0::/64');
    assert.equal(sourceOf('unknown'), 'unknown');
  });
});
