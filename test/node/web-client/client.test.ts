/** Asking web sites, over real sockets. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import {
  createWebClient,
  MAX_REDIRECTS,
  shownUrl,
  WebError,
  xmlText,
} from '../../../src/pbx/web-client/index.js';
import type { Resolve, WebErrorKind, WebLimits, WebRequest } from '../../../src/pbx/web-client/index.js';
import { makeCertificate } from '../http/certificate.js';
import { start, startSite } from './site.js';

const LIMITS: WebLimits = { timeoutMs: 5000, maxBytes: 100_000, allowTargets: [] };
const FORM = { type: 'application/x-www-form-urlencoded', content: Buffer.from('a=1&b=2') };
const trusted = (url: string) => ({ url, trusted: true });

const get = (url: string, limits: Partial<WebLimits> = {}) =>
  createWebClient()({ target: trusted(url) }, { ...LIMITS, ...limits });

async function fails(kind: WebErrorKind, work: Promise<unknown>): Promise<WebError> {
  const error: unknown = await work.then(
    () => assert.fail('there was an answer'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof WebError, String(error));
  assert.equal(error.kind, kind, error.message);
  return error;
}

describe('a request', () => {
  it('gets the answer with its headers', async () => {
    const site = await startSite((response) => response.writeHead(201, { 'X-Test': 'yes' }).end('Hello'));
    const answer = await get(`${site.url}/path?query=1`);
    assert.deepEqual(
      [answer.status, answer.body.toString(), answer.headers['x-test']],
      [201, 'Hello', 'yes'],
    );
    assert.equal(answer.url, `${site.url}/path?query=1`);
    const [{ method, path, headers, body }] = site.received as [(typeof site.received)[0]];
    assert.deepEqual([method, path, body], ['GET', '/path?query=1', '']);
    assert.deepEqual(headers, { host: `127.0.0.1:${site.port}`, connection: 'close' });
  });

  it('fails with the status and what the site asks for', async () => {
    for (const [status, retryAfter, ms] of [
      [404, undefined, undefined],
      [429, '7', 7000],
      [503, 'Fri, 31 Dec 1999 23:59:59 GMT', 0],
      [503, 'soon', undefined],
      [500, '-1', undefined],
    ] as const) {
      const site = await startSite((response) => {
        response
          .writeHead(status, retryAfter === undefined ? {} : { 'Retry-After': retryAfter })
          .end('x'.repeat(200_000));
      });
      const { details, message } = await fails('status', get(`${site.url}/a?secret=1`));
      assert.deepEqual(details, { status, retryAfterMs: ms });
      assert.equal(message, `${site.url}/a answers HTTP ${status}.`);
    }
    const later = new Date(Date.now() + 60_000).toUTCString();
    const site = await startSite((response) => response.writeHead(503, { 'Retry-After': later }).end());
    const { details } = await fails('status', get(site.url));
    assert.ok((details.retryAfterMs ?? 0) > 50_000 && (details.retryAfterMs ?? 0) <= 60_000);
  });

  it('fails when nobody is there, and without telling secrets', async () => {
    const port = await start(createTcpServer());
    const free = await startSite((response) => response.end());
    const message = (await fails('unreachable', get(`http://127.0.0.1:1/path?secret=1`))).message;
    assert.equal(message, 'http://127.0.0.1:1/path cannot be reached (ECONNREFUSED).');
    await fails('unreachable', get('http://no-such-host.invalid/'));
    const gone = createTcpServer((socket) => socket.destroy());
    await fails('unreachable', get(`http://127.0.0.1:${await start(gone)}/`));
    assert.ok(port !== free.port);
  });

  it('fails when what comes is not HTTP, or breaks off', async () => {
    const raw = async (text: string) =>
      get(
        `http://127.0.0.1:${await start(createTcpServer((socket) => socket.on('data', () => socket.end(text))))}/`,
      );
    await fails('unreadable', raw('SSH-2.0-OpenSSH_9.2\r\n'));
    await fails('unreadable', raw('HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n'));
    await fails('unreadable', raw(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`));
    await fails('unreachable', raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort'));
  });

  it('is over in time, whatever the site does', async () => {
    const silent = createTcpServer((socket) => socket.on('data', () => {}));
    const heads = createTcpServer((socket) => socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\n')));
    const drips = await startSite((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    for (const url of [
      `http://127.0.0.1:${await start(silent)}`,
      `http://127.0.0.1:${await start(heads)}`,
      drips.url,
    ]) {
      const began = performance.now();
      const { message } = await fails('timeout', get(url, { timeoutMs: 300 }));
      assert.ok(performance.now() - began < 2000);
      assert.equal(message, `${url}/ did not answer completely within 0.3 seconds.`);
    }
  });

  it('is over in time when a name is not found or not found out', async () => {
    const client = createWebClient({ resolve: () => new Promise(() => {}) });
    await fails('timeout', client({ target: trusted('http://slow.example/') }, { ...LIMITS, timeoutMs: 50 }));
    const nothing = createWebClient({ resolve: () => Promise.resolve([]) });
    await fails('unreachable', nothing({ target: trusted('http://nothing.example/') }, LIMITS));
  });

  it('can be given up, before it begins and later', async () => {
    const controller = new AbortController();
    const site = await startSite(() => controller.abort());
    await fails('aborted', get(site.url, { signals: [controller.signal] }));
    await fails('aborted', get(site.url, { signals: [new AbortController().signal, controller.signal] }));
    assert.equal(site.received.length, 1);
  });

  it('goes to the next address of a host when one does not answer', async () => {
    const site = await startSite((response) => response.end('here'));
    const resolve: Resolve = () =>
      Promise.resolve([
        { address: '127.0.0.9', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    const client = createWebClient({ resolve });
    const { body } = await client({ target: trusted(`http://site.example:${site.port}/`) }, LIMITS);
    assert.equal(body.toString(), 'here');
  });
});

describe('a long answer', () => {
  /** Sends so many megabytes, as fast as they are taken, and says how many there were in the end. */
  async function flood(head: string, megabytes: number) {
    const written = { bytes: 0 };
    const chunk = Buffer.alloc(65_536, 'x');
    const server = createTcpServer((socket: Socket) => {
      socket.once('data', () => {
        socket.write(head);
        const more = () => {
          while (written.bytes < megabytes * 1_048_576 && !socket.destroyed) {
            written.bytes += chunk.length;
            if (!socket.write(chunk)) return void socket.once('drain', more);
          }
          socket.end();
        };
        more();
      });
    });
    return { url: `http://127.0.0.1:${await start(server)}/`, written, server };
  }

  it('is cut off while it comes', async () => {
    const { url, written, server } = await flood('HTTP/1.1 200 OK\r\n\r\n', 100);
    const closed = new Promise<void>((resolve) => {
      server.once('connection', (socket: Socket) => socket.once('close', () => resolve()));
    });
    const { message } = await fails('too-large', get(url, { maxBytes: 1_048_576 }));
    assert.equal(message, `The answer of ${url} is longer than 1048576 bytes.`);
    await closed;
    // What lies in the buffers of two sockets comes on top.
    assert.ok(written.bytes < 30 * 1_048_576, `${written.bytes} bytes were sent`);
  });

  it('is taken up to the limit', async () => {
    const site = await startSite((response, { path }) => response.end('x'.repeat(Number(path.slice(1)))));
    assert.equal((await get(`${site.url}/1000`, { maxBytes: 1000 })).body.length, 1000);
    await fails('too-large', get(`${site.url}/1001`, { maxBytes: 1000 }));
  });

  it('is decoded, and counted before and after', async () => {
    const text = 'Good morning. '.repeat(100);
    const encodings = {
      gzip: gzipSync,
      'x-gzip': gzipSync,
      GZIP: gzipSync,
      deflate: deflateSync,
      br: brotliCompressSync,
    };
    for (const [coding, encode] of Object.entries(encodings)) {
      const site = await startSite((response, { path }) => {
        const size = Number(path.slice(1));
        response
          .writeHead(200, { 'Content-Encoding': coding })
          .end(encode(size === 0 ? text : Buffer.alloc(size)));
      });
      assert.equal((await get(`${site.url}/0`)).body.toString(), text, coding);
      // 5 MB that weigh little on the way.
      await fails('too-large', get(`${site.url}/5000000`));
    }
    const empty = Buffer.concat(Array.from({ length: 10_000 }, () => gzipSync('')));
    const site = await startSite((response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(empty),
    );
    await fails('too-large', get(site.url));
  });

  it('that cannot be decoded is refused', async () => {
    for (const [coding, body] of [
      ['zstd', Buffer.from('x')],
      ['gzip, gzip', gzipSync(gzipSync('x'))],
      ['__proto__', Buffer.from('x')],
      ['gzip', Buffer.from('not gzip')],
      ['gzip', gzipSync('x'.repeat(1000)).subarray(0, 15)],
      ['br', Buffer.from('not brotli either')],
    ] as const) {
      const site = await startSite((response) =>
        response.writeHead(200, { 'Content-Encoding': coding }).end(body),
      );
      await fails('unreadable', get(site.url));
    }
  });
});

describe('a redirect', () => {
  const post = (url: string, more: Partial<WebRequest> = {}, limits: Partial<WebLimits> = {}) =>
    createWebClient()(
      {
        target: trusted(url),
        body: FORM,
        headers: { Pragma: 'no-cache' },
        ownHeaders: { Authorization: 'Basic x' },
        ...more,
      },
      { ...LIMITS, ...limits },
    );

  it('is followed as its status says', async () => {
    for (const [status, method] of [
      [301, 'POST'],
      [302, 'GET'],
      [303, 'GET'],
      [307, 'POST'],
      [308, 'POST'],
    ] as const) {
      const site = await startSite((response, { path }) => {
        if (path === '/a') response.writeHead(status, { Location: 'b?c=1#d' }).end();
        else response.end('there');
      });
      const answer = await post(`${site.url}/a`);
      assert.deepEqual([answer.body.toString(), answer.url], ['there', `${site.url}/b?c=1#d`]);
      const [, second] = site.received;
      assert.deepEqual([second?.method, second?.path], [method, '/b?c=1'], String(status));
      assert.equal(second?.body, method === 'POST' ? 'a=1&b=2' : '');
      assert.equal(second?.headers['content-type'], method === 'POST' ? FORM.type : undefined);
      assert.equal(second?.headers['content-length'], method === 'POST' ? '7' : undefined);
      assert.deepEqual([second?.headers.pragma, second?.headers.authorization], ['no-cache', 'Basic x']);
    }
  });

  it('to another site takes no secrets along, also not when it leads back', async () => {
    const back = await startSite((response, { path }) => {
      if (path === '/a') response.writeHead(307, { Location: `${other.url}/b` }).end();
      else response.end('back');
    });
    const other = await startSite((response) => response.writeHead(307, { Location: `${back.url}/c` }).end());
    await post(`${back.url}/a`, {}, { allowTargets: ['loopback'] });
    assert.equal(other.received[0]?.headers.authorization, undefined);
    assert.equal(other.received[0]?.body, 'a=1&b=2');
    assert.equal(back.received[0]?.headers.authorization, 'Basic x');
    assert.equal(back.received[1]?.headers.authorization, undefined);
  });

  it('is followed so often and no more', async () => {
    const site = await startSite((response, { path }) => {
      const left = Number(path.slice(1));
      if (left === 0) response.end('done');
      else response.writeHead(307, { Location: left < 0 ? path : `/${left - 1}` }).end();
    });
    assert.equal((await post(`${site.url}/${MAX_REDIRECTS}`)).body.toString(), 'done');
    await fails('redirects', post(`${site.url}/${MAX_REDIRECTS + 1}`));
    const before = site.received.length;
    await fails('redirects', post(`${site.url}/-1`));
    assert.equal(site.received.length - before, MAX_REDIRECTS + 1);
  });

  it('to nowhere is refused', async () => {
    for (const [status, location] of [
      [302, undefined],
      [302, 'http://'],
      [304, 'taken'],
      [300, '/b'],
      [305, '/b'],
    ] as const) {
      const site = await startSite((response) => {
        response.writeHead(status, location === undefined ? {} : { Location: location }).end();
      });
      if (status === 304) assert.equal((await post(site.url)).status, 304);
      else await fails('redirects', post(site.url));
    }
  });

  it('is looked at like a target nobody vouches for', async () => {
    const inside = await startSite((response) => response.end('secret'));
    for (const location of [
      inside.url,
      'file:///etc/passwd',
      'javascript:1',
      'http://user:word@example.com/',
    ]) {
      const site = await startSite((response) => response.writeHead(302, { Location: location }).end());
      await fails('refused-target', post(site.url));
    }
    assert.equal(inside.received.length, 0);
  });

  it('counts against the time as a whole', async () => {
    const site = await startSite((response) => {
      setTimeout(() => response.writeHead(307, { Location: '/again' }).end(), 150);
    });
    await fails('timeout', post(site.url, {}, { timeoutMs: 300 }));
  });
});

describe('a target nobody vouches for', () => {
  const untrusted = (url: string, allowTargets: readonly string[] = [], resolve?: Resolve) =>
    createWebClient(resolve ? { resolve } : {})(
      { target: { url, trusted: false } },
      { ...LIMITS, timeoutMs: 500, allowTargets },
    );

  it('is refused on this machine and in networks that are not public, however it is written', async () => {
    const site = await startSite((response) => response.end('secret'));
    const { port } = site;
    for (const host of [
      ...[
        '127.0.0.1',
        '127.1',
        '2130706433',
        '0x7f.0.0.1',
        '0177.0.0.1',
        '0.0.0.0',
        '0',
        'localhost',
        'LOCALHOST',
      ],
      ...[
        '[::1]',
        '[::]',
        '[::ffff:127.0.0.1]',
        '[::ffff:7f00:1]',
        '[64:ff9b::7f00:1]',
        '[2002:7f00:1::]',
        '[fe80::1]',
      ],
      ...[
        '10.0.0.1',
        '172.16.0.1',
        '192.168.1.1',
        '169.254.169.254',
        '100.64.0.1',
        '[fd00::1]',
        '224.0.0.1',
        '１２７.0.0.1',
      ],
    ]) {
      const { message } = await fails('refused-target', untrusted(`http://${host}:${port}/secret?a=b`));
      assert.match(
        message,
        /\/secret leads into a network that is not public\. List its host in httpApi\.allowTargets/,
      );
    }
    assert.equal(site.received.length, 0);
  });

  it('is refused when its address is none to go to', async () => {
    for (const url of [
      '',
      'menu.php',
      '//a/b',
      'ftp://8.8.8.8/',
      'file:///etc/passwd',
      'gopher://8.8.8.8/',
      'data:,x',
      'http://',
    ]) {
      await fails('refused-target', untrusted(url));
      await fails('refused-target', get(url));
    }
    for (const url of ['http://user@8.8.8.8/', 'http://user:word@8.8.8.8/', 'https://:word@8.8.8.8/']) {
      const { message } = await fails('refused-target', untrusted(url));
      assert.ok(!message.includes('word@'), message);
    }
  });

  it('is refused when one of several addresses is not public', async () => {
    const resolve: Resolve = () =>
      Promise.resolve([
        { address: '8.8.8.8', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    await fails('refused-target', untrusted('http://mixed.example/', [], resolve));
  });

  it('is visited when it is listed', async () => {
    const site = await startSite((response) => response.end('Hello'));
    const resolve: Resolve = (host) =>
      Promise.resolve([{ address: host === 'crm.office' ? '127.0.0.1' : '10.0.0.1', family: 4 }]);
    for (const entry of ['loopback', '127.0.0.1', '127.0.0.0/8', 'CRM.Office']) {
      const { body } = await untrusted(`http://crm.office:${site.port}/`, [entry], resolve);
      assert.equal(body.toString(), 'Hello');
    }
    assert.equal(site.received[0]?.headers.host, `crm.office:${site.port}`);
    await fails(
      'refused-target',
      untrusted(`http://crm.office:${site.port}/`, ['10.0.0.0/8', 'office'], resolve),
    );
  });

  it('is looked up once; what its name stands for later does not matter', async () => {
    const site = await startSite((response) => response.end('secret'));
    // The first is an address for documents, where nobody is; the list makes it one that may be visited.
    for (const [first, kinds] of [
      ['192.0.2.1', ['timeout', 'unreachable']],
      ['127.0.0.7', ['unreachable']],
    ] as const) {
      const answers = [first, '127.0.0.1', '127.0.0.1', '127.0.0.1'];
      let asked = 0;
      const resolve: Resolve = () => Promise.resolve([{ address: answers[asked++] ?? '', family: 4 }]);
      const error: unknown = await untrusted(`http://rebound.example:${site.port}/`, [first], resolve).catch(
        (reason: unknown) => reason,
      );
      assert.ok(
        error instanceof WebError && (kinds as readonly string[]).includes(error.kind),
        String(error),
      );
      assert.equal(asked, 1);
    }
    assert.equal(site.received.length, 0);
  });

  it('is looked up anew where it leads to', async () => {
    const inside = await startSite((response) => response.end('secret'));
    const site = await startSite((response) =>
      response.writeHead(302, { Location: `http://inside.example:${inside.port}/` }).end(),
    );
    const resolve: Resolve = (host) =>
      Promise.resolve([{ address: host === 'inside.example' ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
    await fails('refused-target', untrusted(`http://outside.example:${site.port}/`, ['127.0.0.1'], resolve));
    assert.equal(inside.received.length, 0);
  });
});

describe('a site with TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'web-client-'));
  const { cert, key } = makeCertificate(folder, 'site');
  const certificate = { cert: readFileSync(cert), key: readFileSync(key) };
  rmSync(folder, { recursive: true });
  after(() => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  });

  const resolve: Resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

  /** A site behind that certificate, and the names it is asked by. */
  async function tlsSite() {
    const names: string[] = [];
    const SNICallback = (name: string, done: (error: null) => void) => {
      names.push(name);
      done(null);
    };
    const { port } = await startSite(
      (response, { path }) => {
        if (path === '/down') response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end();
        else response.end('Hello');
      },
      (listener) => createTlsServer({ ...certificate, SNICallback }, listener),
    );
    const ask = (path: string) =>
      createWebClient({ resolve })({ target: trusted(`https://site.example:${port}${path}`) }, LIMITS);
    return { ask, names };
  }

  it('is not trusted without a certificate of that name', async () => {
    const { ask } = await tlsSite();
    const { message } = await fails('unreachable', ask('/'));
    assert.match(message, /SELF_SIGNED_CERT/);
  });

  it('is asked by its name, at the address that was looked up', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const { ask, names } = await tlsSite();
    assert.equal((await ask('/')).body.toString(), 'Hello');
    assert.deepEqual(names, ['site.example']);
  });

  it('does not lead away from TLS', async () => {
    const { ask } = await tlsSite();
    await fails('redirects', ask('/down'));
  });
});

describe('the text of an answer', () => {
  it('is read in its charset', () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', 'latin1');
    assert.match(xmlText(latin) ?? '', /<a>é<\/a>/);
    assert.match(xmlText(latin, 'text/xml; charset="utf-8"') ?? '', /<a>\uFFFD<\/a>/);
    assert.equal(xmlText(Buffer.from('<a>é</a>'), 'text/html'), '<a>é</a>');
    assert.equal(xmlText(Buffer.from('\uFEFF<a>é</a>'), 'text/xml; charset=iso-8859-1'), '<a>é</a>');
    assert.equal(xmlText(Buffer.from('\uFEFF<a>é</a>', 'utf16le')), '<a>é</a>');
    assert.equal(xmlText(Buffer.from('<a/>'), 'text/xml; charset=klingon'), undefined);
    assert.equal(xmlText(Buffer.alloc(0)), '');
  });

  it('is shown without the query of its address', () => {
    assert.equal(shownUrl('https://user:word@a.example:8443/b/c?d=e#f'), 'https://a.example:8443/b/c');
    assert.equal(shownUrl('ftp://a.example/b?c'), 'ftp://a.example/b');
    assert.equal(shownUrl('nonsense?secret'), 'an address that cannot be read');
    assert.equal(shownUrl(`http://a/${'b'.repeat(500)}`).length, 200);
  });
});
