/**
 * Takes the pictures of the README anew, into `demo/pictures/`, of the built package and with the Chromium of the tests:
 * `npm run build && node --import tsx test/pictures.ts`. Commit what it writes; each is to stay below 100 kB.
 */
import { fileURLToPath } from 'node:url';
import { startBrowser } from './support/browser.js';
import { startDemo } from './support/demo.js';
import { Desk } from './support/desk.js';

const WINDOW = { width: 1180, height: 720 };
const FOLDER = new URL('../demo/pictures/', import.meta.url);

const demo = await startDemo();
const browser = await startBrowser();

async function open(extension: string, theme: 'light' | 'dark'): Promise<Desk> {
  const desk = await Desk.open(browser, { url: 'about:blank' });
  const { page } = desk;
  await page.setViewport(WINDOW);
  await page.evaluateOnNewDocument((look) => sessionStorage.setItem('demo.theme', look), theme);
  await page.goto(demo.url);
  await desk.signIn(extension);
  await desk.signedIn();
  return desk;
}

async function take({ page }: Desk, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await document.fonts.ready;
  });
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, FOLDER)), optimizeForSpeed: false });
}

try {
  const [front, sales, support, boss] = await Promise.all([
    open('1001', 'light'),
    open('1002', 'light'),
    open('1003', 'light'),
    open('1004', 'dark'),
  ]);
  await support.phone('dial', '1001');
  await front.press('Accept');
  await front.press('Hold');
  await front.offers('Resume');
  await front.phone('dial', '1002');
  await sales.phone('accept');
  // How good the call is, is known after some seconds.
  await front.shows('ozeki-call', 'MOS');
  await boss.shows('ozeki-session-list', /on hold.*In call|In call.*on hold/);
  await take(front, 'demo');
  await take(boss, 'supervisor-dark');
} finally {
  await browser.close();
  await demo.close();
}
