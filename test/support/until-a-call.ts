/** What a page loads until it is in a call: two real browsers, a real call. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import { Desk } from './desk.js';

/** A web site with one page of these tags, and files beside it. */
export async function servePage(
  { tags, script, gateway }: { tags: readonly string[]; script: string; gateway: string },
  files: ReadonlyMap<string, Buffer> = new Map(),
): Promise<{ url: string; close(): Promise<void> }> {
  const inside = tags.map((tag) => `<${tag}></${tag}>`).join('');
  const html = `<!doctype html><html lang="en"><title>Kit</title><script type="module" src="${script}"></script>
<ozeki-client server="${gateway}">${inside}</ozeki-client></html>`;
  const server = createServer((request, response) => {
    const name = request.url!.slice(1);
    const file = files.get(name);
    if (file) response.setHeader('content-type', 'text/javascript').end(file);
    else if (name === '') response.setHeader('content-type', 'text/html').end(html);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The names of the scripts that each of two pages asked for before its call was up: answered, and media connected. */
export async function loadedUntilACall(
  browser: Browser,
  url: string,
): Promise<{ page: string[]; caller: string[]; callee: string[] }> {
  const [caller, callee] = [await Desk.open(browser, { url }), await Desk.open(browser, { url })];
  const desks = [caller, callee];
  try {
    for (const { page } of desks) {
      await page.waitForFunction(() => document.querySelector('ozeki-client')?.matches(':defined'));
      await page.waitForNetworkIdle({ idleTime: 200 });
      await page.evaluate(noteWhenUp);
    }
    const atOnce = await scripts(caller.page);
    await caller.signIn('1001');
    await callee.signIn('1002');
    await Promise.all(desks.map((desk) => desk.signedIn()));
    // Nobody calls in the moment they sign in: what comes with it is here.
    for (const { page } of desks) await page.waitForNetworkIdle({ idleTime: 200 });
    // By the phones themselves: with every tag on a page, several buttons have the same name.
    await caller.page.evaluate(async () => document.querySelector('ozeki-client')!.phone.dial('1002'));
    await callee.page.waitForFunction(() => {
      const { phone } = document.querySelector('ozeki-client')!;
      const ringing = phone.getState().calls.find(({ state }) => state === 'ringing');
      if (ringing) void phone.accept(ringing.id);
      return !!ringing;
    });
    const audible = () => window.ears.spectrum([807, 1438]).loudest.level > -55;
    for (const { page } of desks) {
      await page.waitForFunction(() => 'callUpAt' in window);
      await page.waitForFunction(audible, { polling: 50 });
    }
    return { page: atOnce, caller: await scripts(caller.page), callee: await scripts(callee.page) };
  } finally {
    for (const { page } of desks) await page.close();
  }
}

declare global {
  interface Window {
    /** When the call was up, on the clock of `performance.now()`. */
    callUpAt?: number;
  }
}

/** Runs in the page. */
function noteWhenUp(): void {
  const { phone } = document.querySelector('ozeki-client')!;
  phone.subscribe(() => {
    const up = phone.getState().calls.some(({ state, media }) => state === 'active' && media === 'connected');
    if (up) window.callUpAt ??= performance.now();
  });
}

/** The scripts that were asked for before the call was up; all there are before one is. */
async function scripts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => name.endsWith('.js') && startTime <= (window.callUpAt ?? Infinity))
      .map(({ name }) => new URL(name).pathname.slice(1)),
  );
}
