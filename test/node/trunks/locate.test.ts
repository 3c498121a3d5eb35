/** Where a server is (RFC 3263), asked of a name server that knows what a test tells it. */
import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { getServers, setServers } from 'node:dns/promises';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { after, before, beforeEach, describe, it } from 'node:test';
import { locate } from '../../../src/pbx/trunks/wire/locate.js';
import { hostOf } from '../../../src/pbx/trunks/wire/wire.js';

type Service = readonly [priority: number, weight: number, port: number, host: string];

const SRV = 33;
const NO_SUCH_NAME = 3;

/** The answer to a question for services. */
function answer(query: Buffer, services: readonly Service[]): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180 | (services.length > 0 ? 0 : NO_SUCH_NAME), 2);
  [1, services.length, 0, 0].forEach((count, at) => header.writeUInt16BE(count, 4 + at * 2));
  const records = services.map(([priority, weight, port, host]) => {
    const name = host.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
    const data = Buffer.from([0, 0, 0, 0, 0, 0, ...name, 0]);
    [priority, weight, port].forEach((value, at) => data.writeUInt16BE(value, at * 2));
    // The name that was asked for, SRV, IN, a minute.
    return Buffer.concat([Buffer.from([0xc0, 12, 0, SRV, 0, 1, 0, 0, 0, 60, 0, data.length]), data]);
  });
  return Buffer.concat([header, question, ...records]);
}

/** Node puts other functions in the place of those that ask elsewhere. */
function askAt(servers: string[]): void {
  setServers(servers);
  syncBuiltinESMExports();
}

function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at]; at += query[at]! + 1) {
    labels.push(query.subarray(at + 1, at + 1 + query[at]!).toString());
  }
  return labels.join('.');
}

describe('the place of a server', () => {
  let server: Socket;
  let usual: string[];
  let services: readonly Service[] = [];
  let asked: string[] = [];
  const portsOf = async (...where: Parameters<typeof locate>) => [
    ...new Set((await locate(...where)).map(({ port }) => port)),
  ];

  before(async () => {
    server = createSocket('udp4').bind(0, '127.0.0.1');
    await once(server, 'listening');
    server.on('message', (query, { port }) => {
      asked.push(nameIn(query));
      server.send(answer(query, services), port, '127.0.0.1');
    });
    usual = getServers();
    askAt([`127.0.0.1:${server.address().port}`]);
  });
  after(() => {
    askAt(usual);
    server.close();
  });
  beforeEach(() => {
    services = [];
    asked = [];
  });

  it('is what its domain names as its services, in the order the domain wants', async () => {
    services = [
      [20, 0, 5073, 'localhost'],
      [10, 1, 5072, 'localhost'],
      [10, 5, 5071, 'localhost'],
    ];
    assert.deepEqual(await portsOf('provider.test', 'udp'), [5071, 5072, 5073]);
    await portsOf('provider.test', 'tls');
    assert.deepEqual(asked, ['_sip._udp.provider.test', '_sips._tcp.provider.test']);
  });

  it('is the domain itself where that names none', async () => {
    assert.deepEqual(await portsOf('localhost', 'tcp'), [5060]);
    assert.deepEqual(await portsOf('localhost', 'tls'), [5061]);
    assert.deepEqual(asked, ['_sip._tcp.localhost', '_sips._tcp.localhost']);
  });

  it('is not asked for where it is known', async () => {
    assert.deepEqual(await portsOf('localhost:5080', 'udp'), [5080]);
    assert.deepEqual(await locate('192.0.2.1', 'tls'), [{ address: '192.0.2.1', port: 5061 }]);
    const [six] = await locate('[2001:db8::1]:5070', 'udp');
    assert.equal(hostOf(six!), '[2001:db8::1]:5070');
    assert.deepEqual(asked, []);
  });

  it('is nowhere where neither is', async () => {
    await assert.rejects(locate('nowhere.invalid', 'udp'));
  });
});
