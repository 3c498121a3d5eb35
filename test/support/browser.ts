/** A headless Chromium for tests. */
import puppeteer, { type Browser } from 'puppeteer-core';

export const FLAGS = [
  // Each window otherwise loads two pages of suggestions for an address bar that nobody sees, at 2 s of CPU, and each
  // page has a process started in case another comes.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess',
  '--no-sandbox',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Starts Chromium with a fake camera and allowed devices. Loopback candidates stay off, as in everybody's browser. */
export function startBrowser(flags: string[] = []): Promise<Browser> {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [...FLAGS, ...flags],
  });
}
