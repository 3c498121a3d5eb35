import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { Health } from '../../../src/pbx/index.js';
import { makeCertificate } from '../http/certificate.js';
import { cli, cliInTerminal } from './process.js';
import type { Program } from './process.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-cli-'));
after(() => rmSync(root, { recursive: true }));
let names = 0;
const fresh = (suffix = '') => join(root, `${(names += 1)}${suffix}`);

const ANY_PORTS = ['--port', '0', '--gateway-port', '0', '--api-port', '0'];
const IN_MEMORY = ['--data', ':memory:'];

function configuration(content: unknown): string {
  const path = fresh('.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** Waits for the summary and reads the addresses in it. */
async function addresses(running: Program) {
  const [, web = ''] = await running.said(/Web pages +(\S+)\n/);
  const [, gateway = ''] = await running.said(/Gateway +(\S+)\n/);
  const [, api = ''] = await running.said(/HTTP API +(\S+)\n/);
  await running.said(/Ctrl\+C\.\n/);
  // "localhost" may be ::1 first for this process; the ports are bound to 127.0.0.1.
  return {
    web: web.replace('localhost', '127.0.0.1'),
    gateway: gateway.replace('localhost', '127.0.0.1'),
    api: api.replace('localhost', '127.0.0.1'),
  };
}

async function stop(running: Program) {
  running.kill('SIGTERM');
  const end = await running.ended;
  assert.deepEqual([end.code, end.signal], [0, null], end.stderr);
  return end;
}

describe('what is only asked for', () => {
  it('is printed', async () => {
    const version = await cli(['--version']).ended;
    assert.deepEqual([version.code, version.stderr], [0, '']);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
    const help = await cli(['--help']).ended;
    assert.deepEqual([help.code, help.stderr], [0, '']);
    for (const flag of ['--port', '--gateway-port', '--api-port', '--host', '--data', '--config', '--demo']) {
      assert.ok(help.stdout.includes(flag), flag);
    }
    for (const flag of ['--public-ip', '--media-ports', '--tls-cert', '--tls-key', '--log-level']) {
      assert.ok(help.stdout.includes(flag), flag);
    }
  });
});

describe('start and stop', () => {
  it('shows the demo’s addresses, extensions and passwords, and is healthy', async () => {
    const running = cli(['--demo', ...ANY_PORTS]);
    const { web, gateway, api } = await addresses(running);
    for (const row of [
      /1001 +Front desk +demo-1001\n/,
      /1002 +Sales +demo-1002\n/,
      /1003 +Support +demo-1003\n/,
      /1004 +Supervisor +demo-1004\n/,
      /token "website"/,
    ]) {
      assert.match(running.stdout, row);
    }
    const answer = await fetch(`${web}/healthz`);
    assert.equal(answer.status, 200);
    const health = (await answer.json()) as Health;
    assert.equal(health.status, 'ok');
    assert.deepEqual([health.connections, health.sessions, health.legs, health.mediaLegs], [0, 0, 0, 0]);
    assert.ok(Array.isArray(health.warnings));
    assert.equal((await fetch(gateway.replace('ws', 'http'))).status, 426);
    assert.match(await (await fetch(`${api}/?Command=None`)).text(), /<Code>301<\/Code>/);
    const script = await fetch(`${web}/WebphoneAPI`);
    assert.ok([200, 503].includes(script.status), 'built or not');
    assert.match(running.stdout, new RegExp(`ws://localhost:${new URL(web).port}/gateway\n`));
    await stop(running);
  });

  it('takes port and configuration from variables', async () => {
    const variables = {
      OZEKI_DEMO: 'true',
      OZEKI_PORT: '0',
      OZEKI_GATEWAY_PORT: '0',
      OZEKI_API_PORT: '0',
      OZEKI_LOG_LEVEL: 'silent',
      OZEKI_LOG_LEVLE: 'x',
    };
    const running = cli([], variables);
    await addresses(running);
    assert.equal((await stop(running)).stderr, '');
  });

  it('writes its log as JSON lines on standard error', async () => {
    const running = cli(['--demo', ...ANY_PORTS], { OZEKI_PROT: '1' });
    await addresses(running);
    const { stderr } = await stop(running);
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: string; msg: string });
    const messages = lines.map(({ level, msg }) => `${level}: ${msg}`);
    assert.ok(messages.includes('info: The phone system is up.'), stderr);
    assert.ok(messages.includes('warn: The variable OZEKI_PROT is not known, did you mean OZEKI_PORT?'));
    assert.ok(messages.includes('info: The phone system has stopped.'));
  });

  it('keeps the demo’s terminal free of log lines, unless a level is asked for', async () => {
    const running = cliInTerminal(['--demo', ...ANY_PORTS]);
    await running.said(/Ctrl\+C\./);
    running.write('\u0003');
    const end = await running.ended;
    assert.equal(end.code, 0);
    assert.ok(!end.stdout.includes('"level"'), end.stdout);

    const chatty = cliInTerminal(['--demo', '--log-level', 'info', ...ANY_PORTS]);
    await chatty.said(/The phone system is up[^]*Ctrl\+C\./);
    chatty.write('\u0003');
    assert.equal((await chatty.ended).code, 0);
  });

  it('without extensions starts and says how to add one', async () => {
    const running = cli([...ANY_PORTS, ...IN_MEMORY]);
    const { web } = await addresses(running);
    assert.match(running.stdout, /There are no extensions.*hash-password/);
    assert.ok(!running.stdout.includes('demo-1001'));
    const health = (await (await fetch(`${web}/healthz`)).json()) as Health;
    assert.ok(health.warnings.some((warning) => warning.startsWith('There are no extensions')));
    await stop(running);
  });

  it('tells connected webphones, and ends within five seconds, on SIGTERM and on SIGINT', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const running = cli(['--demo', ...ANY_PORTS]);
      const { gateway, web } = await addresses(running);
      const sockets = [gateway, `${web.replace('http', 'ws')}/gateway`].map((url) => new WebSocket(url));
      await Promise.all(sockets.map((socket) => once(socket, 'open')));
      const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
      const before = performance.now();
      running.kill(signal);
      const end = await running.ended;
      assert.deepEqual([end.code, end.signal], [0, null], end.stderr);
      assert.ok(performance.now() - before < 5000);
      await closed;
    }
  });

  it('speaks TLS on every port when it has a certificate', async () => {
    const { cert, key } = makeCertificate(root, 'good');
    const running = cli(['--demo', ...ANY_PORTS, '--tls-cert', cert, '--tls-key', key]);
    const { web, gateway, api } = await addresses(running);
    assert.match(web, /^https:/);
    assert.match(gateway, /^wss:/);
    assert.match(api, /^https:/);
    // The certificate itself is the only authority trusted, so this fails when the gateway has another one.
    const socket = new WebSocket(gateway, { ca: readFileSync(cert) });
    await once(socket, 'open');
    socket.close();
    await once(socket, 'close');
    for (const address of [web, api]) {
      const status = await new Promise((resolve, reject) => {
        get(address, { ca: readFileSync(cert) }, (response) => resolve(response.resume().statusCode)).on(
          'error',
          reject,
        );
      });
      assert.equal(status, 200, address);
    }
    await stop(running);
  });
});

describe('what prevents the start ends it with one line', () => {
  async function refused(args: string[], code: number, line: RegExp, variables: Record<string, string> = {}) {
    const end = await cli(args, variables).ended;
    assert.equal(end.code, code, end.stderr);
    assert.equal(end.complaints.length, 1, end.stderr);
    assert.match(end.complaints[0] ?? '', line);
    assert.equal(end.stdout, '');
  }

  it('a port in use', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const port = String((blocker.address() as AddressInfo).port);
    for (const flag of ['--port', '--gateway-port', '--api-port']) {
      await refused(
        ['--demo', ...ANY_PORTS, flag, port],
        1,
        new RegExp(`^ozeki-webphone: Port ${port} of 127\\.0\\.0\\.1 is in use .* with ${flag}, OZEKI_`),
      );
    }
    blocker.close();
  });

  it('a certificate that cannot be used', async () => {
    const one = makeCertificate(root, 'first');
    const two = makeCertificate(root, 'second');
    await refused(
      ['--demo', ...ANY_PORTS, '--tls-cert', fresh('.pem'), '--tls-key', one.key],
      2,
      /^ozeki-webphone: tlsCert: ".*" \(flag --tls-cert\): expected a readable file, but there is no such file\.$/,
    );
    await refused(
      ['--demo', ...ANY_PORTS],
      2,
      /^ozeki-webphone: tlsKey: ".*second\.key" \(variable OZEKI_TLS_KEY\): expected the key that belongs to/,
      { OZEKI_TLS_CERT: one.cert, OZEKI_TLS_KEY: two.key },
    );
  });

  it('a configuration that cannot be read', async () => {
    await refused(
      ['--config', fresh('.json')],
      2,
      /^ozeki-webphone: file .*\.json: expected a readable configuration file, but there is no such file\.$/,
    );
    const broken = fresh('.json');
    writeFileSync(broken, '{ "port": 1, }');
    await refused(['--config', broken], 2, /: expected JSON, but line 1, column 14 is not\.$/);
  });

  it('a data folder that cannot be written', async () => {
    const file = fresh();
    writeFileSync(file, '');
    await refused([...ANY_PORTS, '--data', join(file, 'data')], 1, /The data folder .* cannot be written/);
  });

  it('a damaged database', async () => {
    const data = fresh();
    mkdirSync(data);
    writeFileSync(join(data, 'ozeki.db'), 'no database '.repeat(1000));
    await refused([...ANY_PORTS, '--data', data], 1, /ozeki\.db is damaged/);
  });

  it('another phone system on the same data', async () => {
    const data = fresh();
    const first = cli([...ANY_PORTS, '--data', data]);
    await addresses(first);
    await refused([...ANY_PORTS, '--data', data], 1, /is in use by another phone system/);
    await stop(first);
    const second = cli([...ANY_PORTS, '--data', data]);
    await addresses(second);
    await stop(second);
  });

  it('hold music that cannot be played', async () => {
    const config = configuration({ holdMusic: 'absent.ogg' });
    await refused(
      [...ANY_PORTS, ...IN_MEMORY, '--config', config],
      1,
      /hold music ".*absent\.ogg" cannot be played/,
    );
  });
});

describe('a wrong configuration', () => {
  it('is listed fault by fault, secrets unseen', async () => {
    const path = configuration({
      prot: 7777,
      extensions: [{ id: '1001', name: 'Front desk', passwordHash: 'hunter2' }],
    });
    const end = await cli(['--config', path, '--log-level', 'loud', '--dmeo']).ended;
    assert.equal(end.code, 2);
    assert.equal(end.stdout, '');
    assert.deepEqual(end.complaints, [
      'ozeki-webphone: --dmeo: unknown flag, did you mean --demo?',
      'ozeki-webphone: logLevel: "loud" (flag --log-level): expected one of trace, debug, info, warn, error, fatal, silent.',
      `ozeki-webphone: extensions[0].passwordHash (file ${path}): expected a hash printed by "ozeki-webphone hash-password".`,
      `ozeki-webphone: prot (file ${path}): unknown key, did you mean port?`,
    ]);
    assert.ok(!end.stderr.includes('hunter2'));
  });
});
