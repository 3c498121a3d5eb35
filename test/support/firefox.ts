/** A headless Firefox for tests. */
import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

const PROGRAM = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/** Why it cannot be started here; false when it can. */
export const NO_FIREFOX = existsSync(PROGRAM) ? false : 'Firefox is not installed';

/** The tone of its fake microphone, in Hz. */
export const FAKE_MICROPHONE = 1000;

/** Starts Firefox with a fake microphone and allowed devices. Without a sound device its AudioContext stands still. */
export function startFirefox(): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: PROGRAM,
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  });
}
