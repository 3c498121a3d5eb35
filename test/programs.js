/**
 * The programs the tests run: the browsers, what the phone system uses when it is there, curl, ip; and for the SIP tests a
 * server and phones. They are looked for in the usual places, and as root on a Debian machine installed. `CHROMIUM` and
 * `FIREFOX` name other executables.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each with the names it goes by and the Debian packages it is in; `suite` where only one needs it. */
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
  ip: { names: ['ip'], package: 'iproute2' },
  kamailio: {
    names: ['kamailio'],
    package: 'kamailio kamailio-websocket-modules kamailio-presence-modules kamailio-tls-modules',
    suite: 'sip',
  },
  rtpengine: { names: ['rtpengine'], package: 'rtpengine-daemon', suite: 'sip' },
  baresip: { names: ['baresip'], package: 'baresip-core', suite: 'sip' },
  coturn: { names: ['turnserver'], package: 'coturn', suite: 'sip' },
};

/** Where an administrator's programs are, which is not in everybody's path. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/** The path of a program, or null when there is none. */
export function findProgram(kind) {
  const { names, variable } = PROGRAMS[kind];
  const named = variable && process.env[variable];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  const candidates = named ? [named] : names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

/** Finds the programs every suite needs, or those of one; or gets them. Throws a sentence that says what to install. */
export function needPrograms(suite) {
  const missing = absent(suite);
  if (missing.length && process.getuid?.() === 0 && hasApt()) {
    const packages = packagesOf(missing);
    console.log(`Installing ${packages.join(' and ')} …`);
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  }
  const still = absent(suite);
  if (still.length) {
    const variables = still.map((kind) => PROGRAMS[kind].variable).filter(Boolean);
    const hint = variables.length ? `, or set ${variables.join(' and ')} to the executable` : '';
    throw new Error(
      `The tests need ${still.join(' and ')}: install with "apt-get install ${packagesOf(still).join(' ')}"${hint}.`,
    );
  }
  return { chromium: findProgram('chromium'), firefox: findProgram('firefox') };
}

function absent(suite) {
  return Object.keys(PROGRAMS).filter((kind) => PROGRAMS[kind].suite === suite && !findProgram(kind));
}

function packagesOf(kinds) {
  return kinds.flatMap((kind) => PROGRAMS[kind].package.split(' '));
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
