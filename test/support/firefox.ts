/** A headless Firefox for tests. */
import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

const PROGRAM = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/** Why it cannot be started here; false when it can. */
export const NO_FIREFOX = existsSync(PROGRAM) ? false : 'Firefox is not installed';

/** The tone of its fake microphone, in Hz. */
export const FAKE_MICROPHONE = 1000;

/** Allowed devices, a fake microphone and camera, sound without a click, and addresses that are no names. */
export const FIREFOX: LaunchOptions = {
  browser: 'firefox',
  executablePath: PROGRAM,
  extraPrefsFirefox: {
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
    'media.autoplay.default': 0,
    'media.autoplay.blocking_policy': 0,
    'media.peerconnection.ice.obfuscate_host_addresses': false,
  },
};

/** Starts Firefox like that. Without a sound device its AudioContext stands still. */
export function startFirefox(): Promise<Browser> {
  return puppeteer.launch({ ...FIREFOX, headless: true });
}
