/**
 * Tests that run in browsers: the tags, and the browser side of the phone against a real phone system.
 * `BROWSERS=firefox` takes Firefox in place of Chromium, `all` both; `FILES` picks other test files. `LATE=400` has what a
 * tag loads come that many milliseconds late: it shows where a test takes for granted that it is there.
 *
 *     node --import tsx node_modules/@web/test-runner/dist/bin.js --config test/web-test-runner.config.js
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { bundleTests } from './bundle.js';
import { FLAGS } from './support/browser.ts';
import { FIREFOX } from './support/firefox.ts';
import { forcedColorsPlugin } from './support/forced-colors-plugin.ts';
import { phoneSystemPlugin } from './support/phone-system-plugin.ts';

const chromium = chromeLauncher({
  // One page at a time: a page in the background is not drawn and gets no keys.
  concurrency: 1,
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  },
});

const firefox = chromeLauncher({ puppeteer, concurrency: 1, launchOptions: FIREFOX });

/** A port nobody has: two browsers run at the same time, and each looking for one by itself may find the other's. */
async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const rootDir = fileURLToPath(new URL('..', import.meta.url));
const which = process.env.BROWSERS ?? 'chromium';
const files = process.env.FILES?.split(' ') ?? ['test/browser/**/*.test.ts', 'test/elements/**/*.test.ts'];

const bundled = await bundleTests(files, `test/.built/in-${which}`);
/** How pages use the API does not depend on the browser: its tests in one are enough. */
const inFirefox = (name) => !name.includes('/browser/api-');

/** Holds back what a tag loads when it needs it. */
async function late({ path }, next) {
  if (/\/in-\w+\/(?!test\/)/.test(path)) await after(Number(process.env.LATE));
  return next();
}

export default {
  port: await freePort(),
  rootDir,
  files: which === 'firefox' ? bundled.filter(inFirefox) : bundled,
  middleware: process.env.LATE ? [late] : [],
  plugins: [phoneSystemPlugin(), forcedColorsPlugin()],
  browsers: { all: [chromium, firefox], firefox: [firefox], chromium: [chromium] }[which],
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 480_000,
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  testFramework: { config: { timeout: 60_000 } },
};
