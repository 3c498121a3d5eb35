import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLoopbackOnly, localAddresses } from '../../../src/pbx/media/werift/addresses.js';
import { candidateLines, vetCandidate } from '../../../src/pbx/media/werift/candidates.js';

describe('the candidates of a party', () => {
  it('are taken with nothing in them but what is needed', () => {
    const line =
      'candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.5 rport 1 generation 0 ufrag EsAw';
    assert.equal(vetCandidate(line), '842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx');
    assert.equal(vetCandidate(`a=${line}`), vetCandidate(line));
    assert.equal(
      vetCandidate('candidate:1 1 UDP 2130706431 2001:db8::1 5000 typ host'),
      '1 1 udp 2130706431 2001:db8::1 5000 typ host',
    );
  });

  for (const [what, line] of Object.entries({
    'a host name': 'candidate:1 1 udp 1 pbx.example.com 5000 typ host',
    'an mDNS name': 'candidate:1 1 udp 1 2b1a6c6e-6a0e-4f8e-8f5c-8d4c1c8a5b11.local 5000 typ host',
    TCP: 'candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active',
    'another component': 'candidate:1 2 udp 1 192.0.2.1 5000 typ host',
    'every address': 'candidate:1 1 udp 1 0.0.0.0 5000 typ host',
    'a broadcast address': 'candidate:1 1 udp 1 255.255.255.255 5000 typ host',
    'a multicast address': 'candidate:1 1 udp 1 224.0.0.251 5353 typ host',
    'an IPv6 multicast address': 'candidate:1 1 udp 1 ff02::1 5353 typ host',
    'an address with a zone': 'candidate:1 1 udp 1 fe80::1%eth0 5000 typ host',
    'an IPv4 address in disguise': 'candidate:1 1 udp 1 ::ffff:127.0.0.1 5000 typ host',
    'port 0': 'candidate:1 1 udp 1 192.0.2.1 0 typ host',
    'a port too high': 'candidate:1 1 udp 1 192.0.2.1 70000 typ host',
    'a priority too high': 'candidate:1 1 udp 9999999999 192.0.2.1 5000 typ host',
    nonsense: 'candidate:\r\na=ice-lite',
    'a line without end': `candidate:1 1 udp 1 192.0.2.1 5000 typ host ${'x'.repeat(1000)}`,
    nothing: '',
  })) {
    it(`leaves out ${what}`, () => assert.equal(vetCandidate(line), null));
  }
});

describe('the candidates of the answer', () => {
  const bound = [
    { host: '127.0.0.1', port: 40_000 },
    { host: '192.0.2.2', port: 40_000 },
    { host: 'fd00::2', port: 40_000 },
  ];
  const fields = (line: string) => line.split(' ');

  it('hold every bound address, each with a foundation and priority of its own', () => {
    const lines = candidateLines(bound).map(fields);
    assert.deepEqual(
      lines.map(([, , , , host, port]) => `${host} ${port}`),
      ['127.0.0.1 40000', '192.0.2.2 40000', 'fd00::2 40000'],
    );
    assert.equal(new Set(lines.map(([foundation]) => foundation)).size, 3);
    assert.equal(new Set(lines.map(([, , , priority]) => priority)).size, 3);
    for (const [, , , priority] of lines) assert.ok(Number(priority) < 2 ** 31, priority);
  });

  it('hold the public address once for each port of its family, after the local ones', () => {
    const lines = candidateLines(bound, '203.0.113.9').map(fields);
    assert.deepEqual(lines.at(-1)!.slice(4), ['203.0.113.9', '40000', 'typ', 'host']);
    assert.equal(lines.length, 4);
    assert.ok(lines.slice(0, 3).every(([, , , priority]) => Number(priority) > Number(lines[3]![3])));
    assert.equal(candidateLines(bound, '2001:db8::9').at(-1)!.split(' ')[4], '2001:db8::9');
  });
});

describe('the addresses of this machine', () => {
  const address = (text: string, family: 'IPv4' | 'IPv6', internal = false) =>
    ({ address: text, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }) as never;

  it('are loopback and those of every interface, without link-local ones', () => {
    const found = localAddresses({
      lo: [address('127.0.0.1', 'IPv4', true), address('::1', 'IPv6', true)],
      eth0: [address('fe80::1', 'IPv6'), address('fd00::2', 'IPv6'), address('192.0.2.2', 'IPv4')],
      tun0: [address('10.8.0.2', 'IPv4'), address('169.254.1.1', 'IPv4')],
    });
    assert.deepEqual(found, ['127.0.0.1', '192.0.2.2', '10.8.0.2', 'fd00::2']);
    assert.ok(!isLoopbackOnly(found));
    assert.ok(isLoopbackOnly(localAddresses({ lo: [address('127.0.0.1', 'IPv4', true)] })));
  });
});
