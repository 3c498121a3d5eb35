/** `npm run bench`: how fast a call is set up, also over a SIP server, how large the kit is, how it bears many sessions. `-- --runs 20 --json FILE --only set-up` */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureSetUp } from './set-up.js';
import { measureSizes } from './sizes.js';
import { measureLoad } from './load/index.js';
import { loadReport } from './load/report.js';
import { sessionListReport, setUpReport, sipReport, sizeReport } from './report.js';
import { measureSessionList } from './session-list/index.js';
import { measureSipSetUp } from './sip/index.js';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    json: { type: 'string' },
    only: { type: 'string' },
  },
});

const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1 || runs > 1000) {
  console.error(`--runs: expected a number from 1 to 1000, got "${options.runs}".`);
  process.exit(2);
}
const PARTS = ['set-up', 'sip', 'sizes', 'sessions', 'load'];
if (options.only !== undefined && !PARTS.includes(options.only)) {
  console.error(`--only: expected one of "${PARTS.join('", "')}", got "${options.only}".`);
  process.exit(2);
}
const wanted = (part: string) => options.only === undefined || options.only === part;
const progress = (what: string) => (done: number) =>
  process.stderr.write(`\r${what}: ${Math.max(0, done)}/${runs}`);

const reports = [];
let failed = false;
if (wanted('set-up')) {
  reports.push(setUpReport(await measureSetUp(runs, progress('call set-up'))));
  process.stderr.write('\n');
}
if (wanted('sip')) {
  try {
    reports.push(sipReport(await measureSipSetUp(runs, progress('call set-up over SIP'))));
    process.stderr.write('\n');
  } catch (error) {
    // Without a SIP server on this machine, the others are measured all the same.
    console.error(`\nCall set-up over SIP was not measured: ${(error as Error).message}`);
    failed = true;
  }
}
if (wanted('sizes')) reports.push(sizeReport(await measureSizes()));
if (wanted('sessions')) {
  reports.push(sessionListReport(await measureSessionList(runs, progress('sessions'))));
  process.stderr.write('\n');
}

if (wanted('load')) reports.push(loadReport(await measureLoad()));

for (const { text } of reports) console.log(`\n${text}`);
const results = Object.fromEntries(reports.map(({ name, data }) => [name, data]));
if (options.json) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = !failed && reports.every(({ passed }) => passed) ? 0 : 1;
