/**
 * The programs the tests run: the browsers, what the phone system uses when it is there, and curl. They are looked for in
 * the usual places, and as root on a Debian machine installed. `CHROMIUM` and `FIREFOX` name other executables.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each with the names it goes by and the Debian package it is in. */
const PROGRAMS = {
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    package: 'chromium',
    variable: 'CHROMIUM',
  },
  firefox: { names: ['firefox-esr', 'firefox'], package: 'firefox-esr', variable: 'FIREFOX' },
  'espeak-ng': { names: ['espeak-ng'], package: 'espeak-ng' },
  ffmpeg: { names: ['ffmpeg'], package: 'ffmpeg' },
  curl: { names: ['curl'], package: 'curl' },
};

/** The path of a program, or null when there is none. */
export function findProgram(kind) {
  const { names, variable } = PROGRAMS[kind];
  const named = variable && process.env[variable];
  const candidates = named
    ? [named]
    : names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

/** Finds all programs or gets them; throws a sentence that says what to install. */
export function needPrograms() {
  const missing = absent();
  if (missing.length && process.getuid?.() === 0 && hasApt()) {
    const packages = packagesOf(missing);
    console.log(`Installing ${packages.join(' and ')} …`);
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  }
  const still = absent();
  if (still.length) {
    const variables = still.map((kind) => PROGRAMS[kind].variable).filter(Boolean);
    const hint = variables.length ? `, or set ${variables.join(' and ')} to the executable` : '';
    throw new Error(
      `The tests need ${still.join(' and ')}: install with "apt-get install ${packagesOf(still).join(' ')}"${hint}.`,
    );
  }
  return { chromium: findProgram('chromium'), firefox: findProgram('firefox') };
}

function absent() {
  return Object.keys(PROGRAMS).filter((kind) => !findProgram(kind));
}

function packagesOf(kinds) {
  return kinds.map((kind) => PROGRAMS[kind].package);
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
