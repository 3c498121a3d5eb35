import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AddressList, isAddressRange } from '../../../src/pbx/config/addresses.js';

describe('a range of addresses', () => {
  it('is an address, a prefix, or loopback', () => {
    for (const text of ['10.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::1', 'fd00::/8', '::/0', 'loopback']) {
      assert.equal(isAddressRange(text), true, text);
    }
    const others = ['', '10.0.0', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/', '10.0.0.0/-1', 'localhost', '*'];
    for (const text of [...others, '010.0.0.1', '1.2.3.4/8/8', '10.0.0.0/1e1']) {
      assert.equal(isAddressRange(text), false, text);
    }
  });

  it('that is none cannot be part of a list', () => {
    assert.throws(() => new AddressList(['somewhere']), RangeError);
  });
});

describe('a list of addresses', () => {
  const list = new AddressList(['192.168.0.0/16', '203.0.113.7', 'fd00::/8', 'loopback']);

  for (const address of [
    ...['192.168.0.0', '192.168.255.255', '::ffff:192.168.1.1', '::FFFF:192.168.1.1', '203.0.113.7'],
    ...['fd12::1', 'fd12::1%eth0', '127.0.0.1', '127.9.9.9', '::ffff:127.0.0.1', '::1'],
  ]) {
    it(`has ${address}`, () => assert.equal(list.has(address), true));
  }

  for (const address of ['192.169.0.0', '203.0.113.8', '::ffff:10.0.0.1', 'fe80::1', '::', 'unknown', '']) {
    it(`has not ${address || 'nothing'}`, () => assert.equal(list.has(address), false));
  }

  it('that is empty has nobody', () => {
    assert.equal(new AddressList([]).has('127.0.0.1'), false);
  });
});
