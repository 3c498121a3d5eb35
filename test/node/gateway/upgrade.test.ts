import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WebSocketServer } from 'ws';
import { isLoopback, isOriginAllowed } from '../../../src/pbx/gateway/origins.js';
import { Client, startHouse } from './client.js';

describe('the address', () => {
  it('without a path takes every path', async () => {
    const house = await startHouse();
    await (await house.connect({ path: '/anything?x=1' })).close();
    await house.close();
  });

  it('with a path takes only that one, whatever its query', async () => {
    const house = await startHouse({}, { path: '/gateway' });
    await (await house.connect()).close();
    await (await house.connect({ path: '/gateway?from=here' })).close();
    for (const path of ['/', '/gateway/', '/gatewayx', '/Gateway']) {
      await assert.rejects(house.connect({ path }), /answered 404/);
    }
    await house.close();
  });

  it('leaves other paths to whoever else takes upgrades', async () => {
    const house = await startHouse({}, { path: '/gateway' });
    const others = new WebSocketServer({ server: house.server, path: '/other' });
    await (await house.connect()).close();
    const other = await Client.connect(`${house.url}/other`);
    await other.close();
    others.close();
    await house.close();
  });

  it('can be several on one server', async () => {
    const house = await startHouse({}, { path: '/gateway' });
    house.system.attach(house.server, { path: '/second' });
    await (await house.connect({ path: '/second' })).close();
    await assert.rejects(house.connect({ path: '/third' }), /answered 404/);
    await house.close();
    assert.equal(house.server.listenerCount('upgrade'), 0);
  });
});

describe('the origin of a page', () => {
  const host = 'pbx.example:7779';
  const allowed = (origin: string | undefined, list: string[] = [], at: string | undefined = host) =>
    isOriginAllowed(origin, at, { allowed: list, pagePort: 7777 });

  it('is the phone system’s own: always', () => {
    assert.equal(allowed('http://pbx.example:7779'), true);
    assert.equal(allowed('http://pbx.example:7777'), true, 'its pages');
    assert.equal(allowed('https://pbx.example', [], 'pbx.example'), true, 'behind a proxy');
    assert.equal(allowed('http://pbx.example:8080'), false);
    assert.equal(allowed('http://pbx.example.evil:7779'), false);
  });

  it('is missing: a program, not a page', () => {
    assert.equal(allowed(undefined), true);
  });

  it('is on the list', () => {
    const list = ['https://shop.example', 'loopback'];
    assert.equal(allowed('https://shop.example', list), true);
    assert.equal(allowed('https://shop.example:443', list), true);
    assert.equal(allowed('http://shop.example', list), false);
    assert.equal(allowed('https://www.shop.example', list), false);
  });

  it('is on this machine, where that is allowed', () => {
    const pages = [
      'http://localhost:7777',
      'https://localhost',
      'http://shop.localhost:3000',
      'http://127.0.0.1:5173',
      'http://127.9.9.9',
      'http://[::1]:7777',
    ];
    for (const page of pages) {
      assert.equal(allowed(page, ['loopback']), true, page);
      assert.equal(allowed(page), false, page);
    }
    for (const page of [
      'http://localhost.evil',
      'http://127.0.0.1.evil',
      'http://10.0.0.1',
      'http://[::2]',
    ]) {
      assert.equal(allowed(page, ['loopback']), false, page);
    }
    assert.equal(isLoopback('128.0.0.1'), false);
  });

  it('is nothing a page can come from', () => {
    for (const origin of ['null', '', 'loopback', 'file://', 'chrome-extension://abc', 'javascript:1']) {
      assert.equal(allowed(origin, ['loopback', 'null', 'file://']), false, origin);
    }
    assert.equal(allowed('http://pbx.example', [], undefined), false);
  });

  it('that may not connect is answered 403', async () => {
    const house = await startHouse({ allowedOrigins: ['loopback', 'https://shop.example'] });
    await assert.rejects(house.connect({ origin: 'https://evil.example' }), /answered 403/);
    for (const origin of ['http://localhost:3000', 'https://shop.example']) {
      const client = await house.connect({ origin });
      await client.open('1001');
      await client.close();
    }
    await house.close();
  });
});
