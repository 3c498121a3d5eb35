import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { ConfigurationError, demoSettings, StartError, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem, SettingsInput } from '../../../src/pbx/index.js';
import { program } from './process.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-embed-'));
after(() => rmSync(root, { recursive: true }));

const settings: SettingsInput = {
  ...demoSettings(),
  allowedOrigins: [],
  port: 0,
  gatewayPort: 0,
  apiPort: 0,
  logLevel: 'silent',
};

async function withPhoneSystem(use: (system: RunningPhoneSystem) => Promise<void>, more: SettingsInput = {}) {
  const system = await startPhoneSystem({ ...settings, ...more });
  try {
    await use(system);
  } finally {
    await system.close();
  }
}

/** Whether a page of this origin gets a connection. */
async function connects(url: string, origin: string): Promise<boolean> {
  const socket = new WebSocket(url, { origin });
  const [outcome] = (await Promise.race([
    once(socket, 'open').then(() => ['open']),
    once(socket, 'unexpected-response').then(() => ['refused']),
  ])) as [string];
  socket.on('error', () => {});
  socket.terminate();
  return outcome === 'open';
}

describe('a program that embeds the phone system', () => {
  it('is told the addresses and how it is', async () => {
    await withPhoneSystem(async (system) => {
      assert.match(system.url, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.equal(system.gatewayUrl, `ws://127.0.0.1:${system.ports.gateway}`);
      assert.equal(system.apiUrl, `http://127.0.0.1:${system.ports.api}`);
      assert.equal(system.settings.port, system.ports.web);
      const { uptimeSeconds: upAtFirst, ...health } = system.health();
      assert.equal(health.status, 'ok');
      const page = await fetch(`${system.url}/healthz`);
      const { uptimeSeconds, ...shown } = (await page.json()) as typeof health & { uptimeSeconds: number };
      assert.deepEqual(shown, health);
      assert.ok(uptimeSeconds >= upAtFirst && uptimeSeconds <= system.health().uptimeSeconds);
    });
  });

  it('lets its own pages in, on ports nobody knew before, and no others', async () => {
    await withPhoneSystem(async ({ url, gatewayUrl }) => {
      const underPages = `${url.replace('http', 'ws')}/gateway`;
      assert.equal(await connects(gatewayUrl, url), true);
      assert.equal(await connects(underPages, url), true);
      assert.equal(await connects(gatewayUrl, 'https://evil.example'), false);
      assert.equal(await connects(underPages, 'https://evil.example'), false);
    });
    await withPhoneSystem(
      async ({ gatewayUrl }) => assert.equal(await connects(gatewayUrl, 'http://localhost:5173'), true),
      { allowedOrigins: ['loopback'] },
    );
  });

  it('may close it twice, and finds its ports free and its connections closed', async () => {
    const system = await startPhoneSystem(settings);
    const socket = new WebSocket(system.gatewayUrl);
    await once(socket, 'open');
    assert.equal(system.health().connections, 1);
    const closed = once(socket, 'close');
    await Promise.all([system.close(), system.close()]);
    await closed;
    assert.equal(system.health().status, 'stopping');
    for (const port of Object.values(system.ports)) {
      const attempt = createConnection(port, '127.0.0.1');
      await assert.rejects(once(attempt, 'connect'), { code: 'ECONNREFUSED' });
    }
    const again = await startPhoneSystem({ ...settings, port: system.ports.web });
    assert.equal(again.ports.web, system.ports.web);
    await again.close();
  });

  it('ends by itself once it has closed it: nothing is left behind', async () => {
    const { code, stdout, stderr } = await program(`
      import { demoSettings, startPhoneSystem } from './dist/pbx/index.js';
      const ports = { port: 0, gatewayPort: 0, apiPort: 0, logLevel: 'silent' };
      const system = await startPhoneSystem({ ...demoSettings(), ...ports });
      await system.close();
      console.log('closed');`).ended;
    assert.deepEqual([code, stdout, stderr], [0, 'closed\n', '']);
  });

  it('is told what is wrong with its settings', async () => {
    await assert.rejects(
      startPhoneSystem({ ...settings, port: 'x' } as unknown as SettingsInput),
      (error) => {
        assert.ok(error instanceof ConfigurationError);
        assert.equal(error.message, 'port: "x": expected a port number from 0 to 65535.');
        return true;
      },
    );
    await assert.rejects(
      startPhoneSystem({ ...settings, extensions: [] }),
      /outsideLines\[0\]\.rings: "1001"/,
    );
  });

  it('is left with nothing open when a part does not start', async () => {
    const { ports, close } = await startPhoneSystem(settings);
    await close();
    const file = join(root, 'file');
    writeFileSync(file, '');
    await assert.rejects(
      startPhoneSystem({ ...settings, port: ports.web, data: join(file, 'data') }),
      (error) => error instanceof StartError && /cannot be written/.test(error.message),
    );
    const attempt = createConnection(ports.web, '127.0.0.1');
    await assert.rejects(once(attempt, 'connect'), { code: 'ECONNREFUSED' });
  });
});
