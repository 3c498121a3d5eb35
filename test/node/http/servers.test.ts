import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ConfigurationError, StartError } from '../../../src/pbx/config/problem.js';
import type { Health } from '../../../src/pbx/http/health.js';
import { readKit } from '../../../src/pbx/http/kit.js';
import { startServers } from '../../../src/pbx/http/servers.js';
import type { ServerOptions, Servers } from '../../../src/pbx/http/servers.js';
import { loadTls } from '../../../src/pbx/http/tls.js';
import { readWebphoneApi } from '../../../src/pbx/http/webphone-api.js';
import { createLog } from '../../../src/pbx/log.js';
import { makeCertificate } from './certificate.js';

const root = mkdtempSync(join(tmpdir(), 'ozeki-http-'));
after(() => rmSync(root, { recursive: true }));

const ENTRY = `export const kit = ${JSON.stringify('ozeki '.repeat(200))};\n`;
const kitFolder = join(root, 'kit');
mkdirSync(join(kitFolder, 'chunks'), { recursive: true });
writeFileSync(join(kitFolder, 'ozeki-webphone.js'), ENTRY);
writeFileSync(join(kitFolder, 'ozeki-webphone.classic.js'), 'import("./ozeki-webphone.js");\n');
writeFileSync(join(kitFolder, 'chunks', 'video-Ab3dE_fg.js'), 'export {};\n');
writeFileSync(join(kitFolder, 'chunks', 'notes.txt'), 'not a module');
mkdirSync(join(kitFolder, 'themes'));
const THEME = ':root { --ozeki-radius-l: 0; }\n';
writeFileSync(join(kitFolder, 'themes', 'plain.css'), THEME);
writeFileSync(join(kitFolder, 'reserve.css'), 'ozeki-call:not(:defined) { display: block; }\n');
const SCRIPT = `globalThis.loaded = ${JSON.stringify('ozeki '.repeat(200))};\n`;
writeFileSync(join(kitFolder, 'WebphoneAPI.js'), SCRIPT);

const demoFolder = join(root, 'demo');
mkdirSync(join(demoFolder, 'inside'), { recursive: true });
mkdirSync(join(demoFolder, 'ozeki-api'));
writeFileSync(join(demoFolder, 'ozeki-api', 'index.html'), '<!doctype html><title>Gallery</title>');
writeFileSync(join(demoFolder, 'ozeki-api.html'), '<!doctype html><title>Not the gallery</title>');
writeFileSync(join(demoFolder, 'index.html'), '<!doctype html><title>Demo</title>');
writeFileSync(join(demoFolder, 'page.js'), 'export {};');
writeFileSync(join(demoFolder, 'inside', 'index.html'), '<!doctype html><title>Inside</title>');
writeFileSync(join(demoFolder, '.env'), 'SECRET=1');
writeFileSync(join(root, 'outside.txt'), 'outside');

const health: Health = {
  status: 'ok',
  version: '1.2.3',
  uptimeSeconds: 5,
  connections: 1,
  sessions: 2,
  legs: 3,
  mediaLegs: 4,
  warnings: ['Look here.'],
};

const running: Servers[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((servers) => servers.close()));
});

async function start(more: Partial<ServerOptions> = {}): Promise<Servers> {
  const servers = await startServers({
    settings: { host: '127.0.0.1', port: 0, gatewayPort: 0, apiPort: 0 },
    tls: null,
    kit: readKit(kitFolder),
    webphoneApi: readWebphoneApi(kitFolder),
    demoFolder: null,
    health: () => health,
    serveApi: (app) => void app.get('/*', () => 'the commands'),
    log: createLog('silent'),
    ...more,
  });
  running.push(servers);
  return servers;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

/** Sends the path as it is: `fetch` would tidy up what hostile clients leave untidy. */
function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<Answer>((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const body = Buffer.concat(parts);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body,
          text: body.toString(),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('the kit', () => {
  it('may be loaded by a page on any origin, and is asked for anew each time', async () => {
    const { ports } = await start();
    const { status, headers, text } = await get(ports.web, '/ozeki-webphone.js', {
      origin: 'https://shop.example',
    });
    assert.equal(status, 200);
    assert.equal(text, ENTRY);
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.match(headers.etag ?? '', /^"[\w-]{27}"$/);
  });

  it('is not sent again to a browser that has it', async () => {
    const { ports } = await start();
    const first = await get(ports.web, '/ozeki-webphone.js');
    const etag = first.headers.etag ?? '';
    const again = await get(ports.web, '/ozeki-webphone.js', { 'if-none-match': `"other", ${etag}` });
    assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', etag]);
    assert.equal(again.headers['access-control-allow-origin'], '*');
    const other = await get(ports.web, '/ozeki-webphone.js', { 'if-none-match': '"other"' });
    assert.equal(other.status, 200);
  });

  it('is sent compressed to whoever takes that, each form with its own ETag', async () => {
    const { ports } = await start();
    const plain = await get(ports.web, '/ozeki-webphone.js', { 'accept-encoding': 'br;q=0, deflate' });
    const br = await get(ports.web, '/ozeki-webphone.js', { 'accept-encoding': 'gzip, deflate, br' });
    const gzip = await get(ports.web, '/ozeki-webphone.js', { 'accept-encoding': 'gzip' });
    assert.deepEqual(
      [plain, br, gzip].map(({ headers }) => headers['content-encoding']),
      [undefined, 'br', 'gzip'],
    );
    assert.equal(brotliDecompressSync(br.body).toString(), ENTRY);
    assert.equal(gunzipSync(gzip.body).toString(), ENTRY);
    assert.equal(plain.text, ENTRY);
    assert.equal(new Set([plain, br, gzip].map(({ headers }) => headers.etag)).size, 3);
    for (const { headers } of [plain, br, gzip]) assert.equal(headers.vary, 'accept-encoding');
  });

  it('has its chunks beside it, for good', async () => {
    const { ports } = await start();
    const chunk = await get(ports.web, '/chunks/video-Ab3dE_fg.js');
    assert.equal(chunk.status, 200);
    assert.equal(chunk.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(chunk.headers['access-control-allow-origin'], '*');
    assert.equal(chunk.headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal((await get(ports.web, '/chunks/notes.txt')).status, 404);
    assert.equal((await get(ports.web, '/chunks/video-00000000.js')).status, 404);
  });

  it('has style sheets for pages on any origin, which are asked for anew each time', async () => {
    const { ports } = await start();
    for (const path of ['/themes/plain.css', '/reserve.css']) {
      const { status, headers } = await get(ports.web, path, { origin: 'https://shop.example' });
      assert.equal(status, 200, path);
      assert.equal(headers['content-type'], 'text/css; charset=utf-8');
      assert.equal(headers['cache-control'], 'no-cache');
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    }
    assert.equal((await get(ports.web, '/themes/plain.css')).text, THEME);
    assert.equal((await get(ports.web, '/themes/other.css')).status, 404);
  });

  it('has a classic script for pages without modules', async () => {
    const { ports } = await start();
    const { status, headers } = await get(ports.web, '/ozeki-webphone.classic.js');
    assert.equal(status, 200);
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers['access-control-allow-origin'], '*');
  });

  it('answers HEAD without the content', async () => {
    const { ports } = await start();
    const { status, text, headers } = await get(ports.web, '/ozeki-webphone.js', {}, 'HEAD');
    assert.deepEqual([status, text, headers['content-length']], [200, '', String(ENTRY.length)]);
  });

  it('that was not built says so', async () => {
    const { ports } = await start({ kit: readKit(join(root, 'nowhere')) });
    const { status, text } = await get(ports.web, '/ozeki-webphone.js');
    assert.equal(status, 503);
    assert.match(text, /The kit is not built.*npm run build/);
  });
});

describe('the demo pages', () => {
  it('come under a strict policy', async () => {
    const { ports } = await start({ demoFolder });
    for (const path of ['/', '/index.html', '/page.js', '/inside/', '/inside/index.html']) {
      const { status, headers } = await get(ports.web, path);
      assert.equal(status, 200, path);
      // The first page signs in at whichever SIP server somebody names.
      const others = /^\/(index\.html)?$/.test(path) ? ' wss: ws://localhost:* ws://127.0.0.1:*' : '';
      assert.equal(
        headers['content-security-policy'],
        `default-src 'self'; connect-src 'self'${others}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'`,
      );
      assert.equal(headers['cache-control'], 'no-cache');
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
  });

  it('do not hide health, kit and gateway', async () => {
    const { ports } = await start({ demoFolder });
    assert.equal((await get(ports.web, '/healthz')).status, 200);
    assert.equal((await get(ports.web, '/ozeki-webphone.js')).text, ENTRY);
    assert.equal((await get(ports.web, '/gateway')).status, 426);
  });

  it('let nobody out of their folder', async () => {
    const { ports } = await start({ demoFolder });
    const paths = [
      '/../outside.txt',
      '/%2e%2e/outside.txt',
      '/..%2foutside.txt',
      '/inside/..%5c..%5coutside.txt',
      '/%2e%2e%2foutside.txt%00.js',
      '/.env',
      '/%2eenv',
    ];
    for (const path of paths) {
      const { status, text } = await get(ports.web, path);
      assert.ok(status === 404 || status === 403 || status === 400, `${path}: ${status}`);
      assert.ok(!text.includes('outside') && !text.includes('SECRET'), path);
    }
  });

  it('send nobody to another host', async () => {
    const { ports } = await start({ demoFolder });
    for (const path of [
      '//evil.example',
      '//evil.example/%2e%2e',
      '/\\evil.example/..',
      '//evil.example/inside',
    ]) {
      const { headers } = await get(ports.web, path);
      const location = headers.location ?? '/';
      assert.ok(!/^(\/[/\\]|https?:)/.test(location), `${path}: ${location}`);
    }
  });
});

describe('the script of the JavaScript API', () => {
  it('is a classic script for pages on any origin, and knows the gateway it belongs to', async () => {
    const { ports } = await start();
    const { status, headers, text } = await get(ports.web, '/WebphoneAPI', { origin: 'http://shop.example' });
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-cache');
    const context: Record<string | symbol, unknown> = {};
    runInNewContext(text, context);
    assert.equal(context.loaded, 'ozeki '.repeat(200));
    const port = runInNewContext("globalThis[Symbol.for('ozeki-webphone.gateway-port')]", context) as number;
    assert.equal(port, ports.gateway);
  });

  it('is not sent again to a browser that has it, and compressed to one that has not', async () => {
    const { ports } = await start();
    const plain = await get(ports.web, '/WebphoneAPI');
    const again = await get(ports.web, '/WebphoneAPI', { 'if-none-match': plain.headers.etag ?? '' });
    assert.deepEqual([again.status, again.text], [304, '']);
    assert.equal(again.headers['access-control-allow-origin'], '*');
    const packed = await get(ports.web, '/WebphoneAPI', { 'accept-encoding': 'br' });
    assert.equal(brotliDecompressSync(packed.body).toString(), plain.text);
    const elsewhere = await start();
    const other = await get(elsewhere.ports.web, '/WebphoneAPI');
    assert.notEqual(other.headers.etag, plain.headers.etag, 'another gateway, another script');
  });

  it('that has not been built says so', async () => {
    const { ports } = await start({ webphoneApi: readWebphoneApi(join(root, 'nowhere')) });
    const { status, text } = await get(ports.web, '/WebphoneAPI');
    assert.equal(status, 503);
    assert.match(text, /npm run build/);
  });
});

describe('the policy of the demo’s pages', () => {
  it('lets only the gallery of the JavaScript API have inline scripts', async () => {
    const { ports } = await start({ demoFolder });
    const policy = async (path: string) => {
      const { status, headers } = await get(ports.web, path);
      assert.equal(status, 200, path);
      return String(headers['content-security-policy']);
    };
    for (const path of ['/', '/inside/', '/page.js', '/ozeki-api.html']) {
      assert.match(await policy(path), /default-src 'self'/, path);
    }
    for (const path of ['/ozeki-api/', '/ozeki-api/index.html']) {
      assert.doesNotMatch(await policy(path), /script|default-src|connect-src/, path);
    }
  });
});

describe('outside demo mode', () => {
  it('there is one small page and plain answers', async () => {
    const { ports } = await start();
    const page = await get(ports.web, '/');
    assert.equal(page.status, 200);
    assert.match(page.text, /phone system for web pages/);
    assert.match(String(page.headers['content-security-policy']), /^default-src 'none'/);
    const missing = await get(ports.web, '/nothing');
    assert.deepEqual(
      [missing.status, missing.headers['content-type'], missing.text],
      [404, 'text/plain; charset=utf-8', 'There is nothing at this address.\n'],
    );
    const unreadable = await get(ports.web, '/%zz');
    assert.deepEqual([unreadable.status, unreadable.text], [400, 'The address cannot be read.\n']);
    assert.equal((await get(ports.web, '/index.html')).status, 404);
  });
});

describe('health', () => {
  it('is 200 while calls are taken, else 503', async () => {
    let status: Health['status'] = 'starting';
    const { ports } = await start({ health: () => ({ ...health, status }) });
    assert.equal((await get(ports.web, '/healthz')).status, 503);
    status = 'ok';
    const up = await get(ports.web, '/healthz');
    assert.equal(up.status, 200);
    assert.match(up.headers['content-type'] ?? '', /^application\/json/);
    assert.equal(up.headers['cache-control'], 'no-store');
    assert.deepEqual(JSON.parse(up.text), health);
    status = 'stopping';
    const down = await get(ports.web, '/healthz');
    assert.equal(down.status, 503);
    assert.equal((JSON.parse(down.text) as Health).status, 'stopping');
  });
});

describe('gateway and HTTP API', () => {
  it('tell a browser that opens the gateway what it is', async () => {
    const { ports } = await start();
    for (const [port, path] of [
      [ports.gateway, '/'],
      [ports.gateway, '/any/path?x=1'],
      [ports.web, '/gateway'],
    ] as const) {
      const { status, headers, text } = await get(port, path);
      assert.equal(status, 426);
      assert.equal(headers.upgrade, 'websocket');
      assert.match(text, /^This is the gateway of the phone system/);
    }
  });

  it('turn webphones away while the phone system starts or stops', async () => {
    const { ports } = await start({ health: () => ({ ...health, status: 'stopping' }) });
    const { status, headers, text } = await get(ports.gateway, '/');
    assert.deepEqual([status, headers['retry-after'], text], [503, '1', 'The phone system is stopping.\n']);
  });

  it('hand upgrades to whoever attaches', async () => {
    const servers = await start();
    for (const [server, port, path] of [
      [servers.gateway, servers.ports.gateway, '/'],
      [servers.web, servers.ports.web, '/gateway'],
    ] as const) {
      const upgraded = new Promise<string | undefined>((resolve) => {
        server.once('upgrade', (request, socket) => {
          resolve(request.url);
          socket.destroy();
        });
      });
      const client = createConnection(port, '127.0.0.1', () =>
        client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`),
      );
      assert.equal(await upgraded, path);
      client.destroy();
    }
  });

  it('leave the HTTP API to its commands', async () => {
    const { ports } = await start();
    const { status, text } = await get(ports.api, '/?Command=x');
    assert.deepEqual([status, text], [200, 'the commands']);
  });
});

describe('ports', () => {
  it('in use are named with the ways to change them, and nothing is left open', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as { port: number };
    const first = await start();
    const free = first.ports.web;
    await first.close();
    await assert.rejects(
      start({ settings: { host: '127.0.0.1', port: free, gatewayPort: port, apiPort: 0 } }),
      (error) =>
        error instanceof StartError &&
        error.message ===
          `Port ${port} of 127.0.0.1 is in use by another program. Choose another with --gateway-port, OZEKI_GATEWAY_PORT or "gatewayPort" in the configuration file.`,
    );
    await assert.rejects(get(free, '/'), { code: 'ECONNREFUSED' });
    blocker.close();
  });

  it('of another machine are refused', async () => {
    await assert.rejects(
      start({ settings: { host: '192.0.2.1', port: 0, gatewayPort: 0, apiPort: 0 } }),
      /^StartError: 192\.0\.2\.1 is not an address of this machine\. Choose another with --host, OZEKI_HOST/,
    );
  });

  it('are freed at once, though browsers keep connections open', async () => {
    const servers = await start();
    const idle = createConnection(servers.ports.web, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const closed = new Promise((resolve) => idle.once('close', resolve));
    await servers.close();
    await closed;
  });
});

describe('TLS', () => {
  const one = makeCertificate(root, 'one');
  const two = makeCertificate(root, 'two');
  const settings = { host: '127.0.0.1', port: 0, gatewayPort: 0, apiPort: 0 };
  const tlsOf = (tlsCert: string, tlsKey: string) =>
    loadTls({ ...settings, tlsCert, tlsKey } as Parameters<typeof loadTls>[0]);

  it('covers all three ports', async () => {
    const { ports } = await start({ tls: tlsOf(one.cert, one.key) });
    for (const port of [ports.web, ports.gateway, ports.api]) {
      const status = await new Promise((resolve, reject) => {
        httpsRequest(
          { host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false, agent: false },
          (response) => resolve(response.resume().statusCode),
        )
          .on('error', reject)
          .end();
      });
      assert.equal(status, { [ports.web]: 200, [ports.gateway]: 426, [ports.api]: 200 }[port]);
      await assert.rejects(get(port, '/'), 'a plain request was answered');
    }
  });

  it('needs files that can be read and belong together', () => {
    const junk = join(root, 'junk.pem');
    writeFileSync(junk, 'junk');
    const absent = join(root, 'absent.pem');
    const cases: [cert: string, key: string, name: string, expected: RegExp][] = [
      [absent, one.key, 'tlsCert', /there is no such file/],
      [root, one.key, 'tlsCert', /it is a folder/],
      [junk, one.key, 'tlsCert', /expected a certificate in PEM form/],
      [one.cert, absent, 'tlsKey', /there is no such file/],
      [one.cert, junk, 'tlsKey', /expected a private key in PEM form/],
      [one.cert, two.key, 'tlsKey', /expected the key that belongs to the certificate .*one\.crt/],
      [one.key, one.key, 'tlsCert', /expected a certificate in PEM form/],
    ];
    for (const [cert, key, name, expected] of cases) {
      assert.throws(
        () => tlsOf(cert, key),
        (error) => {
          assert.ok(error instanceof ConfigurationError, String(error));
          assert.equal(error.problems.length, 1);
          assert.equal(error.problems[0]?.key, name);
          assert.match(error.problems[0]?.expected ?? '', expected);
          return true;
        },
      );
    }
  });

  it('is off without a certificate', () => {
    assert.equal(loadTls({ ...settings } as Parameters<typeof loadTls>[0]), null);
  });
});
