/**
 * `npm test`: everything, up to two suites at a time, and one line at the end. `npm test -- node` (or `media`,
 * `chromium`, `firefox`, `e2e`, `pages`, `hands`, `survival`, `sip`) runs one suite.
 */
import { Buffer } from 'node:buffer';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { needPrograms } from './programs.js';
import { together } from './together.js';
import { BUILT, transpileTests } from './transpile.js';

/** The test files below a folder. */
function testFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

const MEDIA = 'test/node/media';
const PAGES = /(demo-pages|languages|package|sizes)\.test\.ts$/;
const SURVIVAL = /(background|faults|changed-network|killed|reload|tabs)\.test\.ts$/;
const BY_HAND = 'test/e2e/by-hand';

/** The suites that run in Node, by their files. */
const FILES = {
  /** Protocol, exchange, dial plan, configuration, phone logic. */
  node: () => testFiles('test/node').filter((name) => !name.startsWith(MEDIA)),
  /** The media engine, against real browsers, and sound. */
  media: () => testFiles(MEDIA),
  /** Whole calls: the built package, the real command line, real pages. */
  e2e: () =>
    testFiles('test/e2e').filter(
      (name) => !PAGES.test(name) && !SURVIVAL.test(name) && !name.startsWith(BY_HAND),
    ),
  /** The package and the demo as one finds them, with few calls. */
  pages: () => testFiles('test/e2e').filter((name) => PAGES.test(name)),
  /** What a person does with the tags, by pointer alone and by keyboard alone. */
  hands: () => testFiles(BY_HAND),
  /** Calls that outlast a network, a page, a tab and a phone system. */
  survival: () => testFiles('test/e2e').filter((name) => SURVIVAL.test(name)),
  /** The tags on a SIP server that many use, and in calls with phones that are real programs. */
  sip: () => testFiles('test/sip'),
};
/** The tags, and the browser side of the phone, in one browser each. */
const BROWSERS = ['chromium', 'firefox'];
const IN_BROWSER = [
  'node_modules/@web/test-runner/dist/bin.js',
  '--config',
  'test/web-test-runner.config.js',
];
const SUITES = [...Object.keys(FILES), ...BROWSERS];

/** Where a suite's failures are written, to be repeated at the end. */
const failuresOf = (suite) => `${BUILT}/failures-of-${suite}.txt`;

/** What a suite says on its way, and what failed in it. */
const reporters = (suite) => [
  '--test-reporter=tap',
  '--test-reporter-destination=stdout',
  '--test-reporter=./test/failures-reporter.js',
  `--test-reporter-destination=${failuresOf(suite)}`,
];

/** How long a test file may take, in milliseconds: one that leaves something open would never end. */
const FILE_MS = 600_000;

/** What Node is given to run a suite; `built` is where a test file is when it is transpiled. */
function argumentsOf(suite, built) {
  if (BROWSERS.includes(suite)) return ['--import', 'tsx', ...IN_BROWSER];
  const files = FILES[suite]().map(built);
  const all = suite === 'node' ? together(built('test/node'), files, `${BUILT}/together`) : files;
  return ['--test', '--test-concurrency=1', `--test-timeout=${FILE_MS}`, ...reporters(suite), ...all];
}

/** These keep two cores busy: beside another, they take as much longer as that other takes. */
const ALONE = ['media', 'e2e', 'hands'];
/** These also wait: two at a time; who is done takes the next, and the longest come first. */
const TOGETHER = ['chromium', 'firefox', 'survival', 'sip', 'node', 'pages'];

/** Whether a suite has what only it needs; said in one line where not. */
function hasPrograms(suite) {
  try {
    needPrograms(suite);
    return true;
  } catch (error) {
    console.error(error.message);
    return false;
  }
}

function run(command, args, env) {
  const { status, signal, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  return signal ? 1 : status;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.includes(name));
if (unknown.length) {
  console.error(`No suite "${unknown.join(', ')}". There are: ${SUITES.join(', ')}.`);
  process.exit(2);
}

let programs;
try {
  programs = needPrograms();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

if (run('npm', ['run', '--silent', 'build']) !== 0) {
  console.error('The build failed; no test was run.');
  process.exit(1);
}

const built = await transpileTests();
const env = { CHROMIUM: programs.chromium, FIREFOX: programs.firefox };
const failed = [];
const took = [];
const output = new Map();
const suites = wanted.length ? wanted : SUITES;
const ready = suites.filter(hasPrograms);
failed.push(...suites.filter((name) => !ready.includes(name)));

/** Runs a suite, and tells what it said in one piece when it is over. */
function runSuite(name) {
  return new Promise((resolve) => {
    const said = [];
    output.set(name, said);
    const from = performance.now();
    console.log(`${name} …`);
    const child = spawn(process.execPath, argumentsOf(name, built), {
      env: { ...process.env, ...env, ...(BROWSERS.includes(name) && { BROWSERS: name }) },
      stdio: ['inherit', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (text) => said.push(text));
    child.stderr.on('data', (text) => said.push(text));
    child.on('error', (error) => said.push(Buffer.from(`${error}\n`)));
    child.on('close', (status) => {
      const seconds = Math.round((performance.now() - from) / 1000);
      process.stdout.write(`\n── ${name} (${seconds} s) ──\n`);
      process.stdout.write(Buffer.concat(said));
      if (status !== 0) failed.push(name);
      took.push(`${name} ${seconds} s`);
      resolve();
    });
  });
}

/** What failed in a suite; where no test of Node's did, the end of what the suite said. */
function whyItFailed(name) {
  const failures = existsSync(failuresOf(name)) && readFileSync(failuresOf(name), 'utf8');
  return (
    failures ||
    Buffer.concat(output.get(name) ?? [])
      .toString()
      .split('\n')
      .slice(-60)
      .join('\n')
  );
}

for (const name of ALONE) if (ready.includes(name)) await runSuite(name);
const waiting = TOGETHER.filter((name) => ready.includes(name));
async function runWaiting() {
  for (let name = waiting.shift(); name; name = waiting.shift()) await runSuite(name);
}
await Promise.all([runWaiting(), runWaiting()]);
console.log(`\n${took.join(', ')}`);
console.log(`suites: ${suites.length - failed.length} passed, ${failed.length} failed`);
for (const name of failed) console.error(`\nFailed: ${name}.\n${whyItFailed(name)}`);
// Not at once: what was said may still be on its way.
process.exitCode = failed.length ? 1 : 0;
