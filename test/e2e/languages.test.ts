import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { startBrowser } from '../support/browser.js';
import { startDemo, type Demo } from '../support/demo.js';

/** The chunks that only pages in another language than English need. */
const OF_LANGUAGES = /^(other-languages|counts|[a-z]{2})$/;

describe('the languages of the one-file kit', () => {
  let demo: Demo;
  let browser: Browser;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  /** A page in a language with a dialpad; `without` are chunks that cannot be loaded. */
  async function open(language: string, without = ''): Promise<{ page: Page; loaded: string[] }> {
    const page = await browser.newPage();
    const loaded: string[] = [];
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const url = new URL(request.url());
      const [, chunk] = /\/chunks\/(.*)-.{8}\.js$/.exec(url.pathname) ?? [];
      if (chunk) loaded.push(chunk);
      if (chunk && chunk === without) void request.abort('connectionrefused');
      else if (url.pathname === '/a-page')
        void request.respond({
          contentType: 'text/html',
          body: `<!doctype html><html lang="${language}"><title>A page</title>
            <script type="module" src="/ozeki-webphone.js"></script>
            <ozeki-dialpad></ozeki-dialpad>`,
        });
      else void request.continue();
    });
    await page.goto(`${demo.url}/a-page`);
    return { page, loaded };
  }

  const shows = (page: Page, label: string) =>
    page.waitForSelector(`::-p-aria([name="${label}"][role="button"])`);

  it('come with the page that wants them, and nothing comes for English', async () => {
    const english = await open('en');
    await shows(english.page, 'Call');
    const german = await open('de');
    await shows(german.page, 'Anrufen');
    const words = ({ loaded }: typeof english) => loaded.filter((chunk) => OF_LANGUAGES.test(chunk)).sort();
    assert.deepEqual(words(german), ['counts', 'de', 'other-languages']);
    assert.deepEqual(words(english), []);
    await german.page.evaluate(() => (document.documentElement.lang = 'ar'));
    await shows(german.page, 'اتصال');
    await Promise.all([english.page.close(), german.page.close()]);
  });

  for (const chunk of ['hu', 'other-languages']) {
    it(`leave the tags in English when "${chunk}" cannot be loaded`, async () => {
      const { page } = await open('hu', chunk);
      const warned = new Promise((resolve) => page.once('console', resolve));
      await page.reload();
      await warned;
      await shows(page, 'Call');
      await page.close();
    });
  }
});
