/** Which addresses belong to the public internet. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPublicAddress, isTargetException } from '../../../src/pbx/web-client/index.js';
import { isExcepted } from '../../../src/pbx/web-client/addresses.js';

const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '100.63.255.255',
  '172.15.255.255',
  '192.167.255.255',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001:81b::200e',
  // Public ones in the forms that lead to IPv4.
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
  '2002:808:808::1',
];

const NOT_PUBLIC = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  private: ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'link-local, with the metadata of clouds': [
    '169.254.0.1',
    '169.254.169.254',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
  ],
  'unique-local': ['fc00::1', 'fd00:ec2::254', 'fdff::1'],
  'site-local': ['fec0::1'],
  multicast: ['224.0.0.1', '239.255.255.250', 'ff02::1', 'ff0e::1'],
  broadcast: ['255.255.255.255'],
  reserved: [
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '240.0.0.1',
    '192.88.99.1',
  ],
  'reserved IPv6': ['100::1', '2001:db8::1', '2001:20::1', '3fff::1', '4000::1', '5f00::1', '1::1'],
  'mapped IPv4': [
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:0.0.0.0',
    '::127.0.0.1',
    '::7f00:1',
  ],
  'translated IPv4': ['::ffff:0:127.0.0.1', '::ffff:0:8.8.8.8'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::a00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::808:808', '64:ff9b:1:2::1'],
  '6to4': ['2002:7f00:1::', '2002:a00:1::1', '2002:c0a8:101::', '2002:a9fe:a9fe::1'],
  Teredo: ['2001::1', '2001:0:808:808::1'],
  nothing: ['', 'localhost', '1.2.3', '8.8.8.8/32', '8.8.8.8.8', '::g'],
};

describe('the public internet', () => {
  it('has its addresses', () => {
    for (const address of PUBLIC) assert.ok(isPublicAddress(address), address);
  });
  for (const [kind, addresses] of Object.entries(NOT_PUBLIC)) {
    it(`has not: ${kind}`, () => {
      for (const address of addresses) assert.ok(!isPublicAddress(address), address);
    });
  }
});

describe('an exception', () => {
  it('is "loopback", a host, an address or a network', () => {
    for (const entry of [
      ...[
        'loopback',
        'Loopback',
        'localhost',
        'crm',
        'crm.office.example',
        'crm.office.example.',
        'a_b.example',
      ],
      ...['10.0.0.7', '10.0.0.0/8', '0.0.0.0/0', '192.168.1.1/32', '::1', 'fd00::/8', 'fe80::1/128'],
    ]) {
      assert.ok(isTargetException(entry), entry);
    }
    for (const entry of [
      ...[
        '',
        ' ',
        'a b',
        'http://crm',
        'crm:8080',
        'crm/path',
        '*.example',
        '-a.example',
        'a..b',
        'x'.repeat(64),
      ],
      ...[
        '10.0.0.0/33',
        '10.0.0.0/',
        '10.0.0.0/8/8',
        '10.0.0',
        '10/8',
        '256.1.1.1',
        '127.1',
        '2130706433',
        'fd00::/129',
      ],
      ...['10.0.0.0/-1', '10.0.0.0/0x8', '[::1]'],
    ]) {
      assert.ok(!isTargetException(entry), entry);
    }
  });

  it('lets those through that it names', () => {
    const table: [entry: string, host: string, address: string, through: boolean][] = [
      ['loopback', 'anything', '127.3.2.1', true],
      ['loopback', 'anything', '::1', true],
      ['loopback', 'anything', '::ffff:127.0.0.1', true],
      ['loopback', 'localhost', '10.0.0.1', false],
      ['crm.office', 'CRM.office.', '10.0.0.1', true],
      ['crm.office', 'x.crm.office', '10.0.0.1', false],
      ['crm.office', 'office', '10.0.0.1', false],
      ['10.0.0.7', '10.0.0.7', '10.0.0.7', true],
      ['10.0.0.7', 'crm', '10.0.0.7', true],
      ['10.0.0.7', 'crm', '10.0.0.8', false],
      ['10.0.0.7', 'crm', '::ffff:a00:7', true],
      ['192.168.0.0/16', 'crm', '192.168.200.1', true],
      ['192.168.0.0/16', 'crm', '192.169.0.1', false],
      ['192.168.0.0/16', 'crm', 'fd00::1', false],
      ['fd00::/8', 'crm', 'fd12::1', true],
      ['fd00::/8', 'crm', '192.168.0.1', false],
      ['::/0', 'crm', '127.0.0.1', false],
      ['nonsense here', 'nonsense here', '127.0.0.1', false],
    ];
    for (const [entry, host, address, through] of table) {
      assert.equal(
        isExcepted(['other.example', entry], host, address),
        through,
        `${entry} ${host} ${address}`,
      );
    }
    assert.ok(!isExcepted([], 'localhost', '127.0.0.1'));
  });
});
