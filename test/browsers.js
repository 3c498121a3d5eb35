/**
 * The browsers the tests run in. `CHROMIUM` and `FIREFOX` name executables; otherwise the usual places are
 * looked at; otherwise, as root on a Debian machine, they are installed.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  firefox: ['firefox-esr', 'firefox'],
};
const PACKAGES = { chromium: 'chromium', firefox: 'firefox-esr' };

/** The path of a browser, or null when there is none. */
export function findBrowser(kind) {
  const named = process.env[kind.toUpperCase()];
  const candidates = named
    ? [named]
    : NAMES[kind].flatMap((name) =>
        (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
      );
  return candidates.find(isExecutable) ?? null;
}

/** Finds both browsers or gets them; throws a sentence that says what to install. */
export function needBrowsers() {
  const missing = Object.keys(NAMES).filter((kind) => !findBrowser(kind));
  if (missing.length && process.getuid?.() === 0 && hasApt()) {
    const packages = missing.map((kind) => PACKAGES[kind]);
    console.log(`Installing ${packages.join(' and ')} …`);
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  }
  const absent = Object.keys(NAMES).filter((kind) => !findBrowser(kind));
  if (absent.length) {
    const packages = absent.map((kind) => PACKAGES[kind]).join(' ');
    throw new Error(
      `The tests need ${absent.join(' and ')}: install with "apt-get install ${packages}", or set ${absent.map((kind) => kind.toUpperCase()).join(' and ')} to the executable.`,
    );
  }
  return { chromium: findBrowser('chromium'), firefox: findBrowser('firefox') };
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hasApt() {
  return isExecutable('/usr/bin/apt-get');
}
