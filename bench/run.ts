/** `npm run bench`: how fast a call is set up, and how large the kit is. `-- --runs 20 --json FILE --only set-up` */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureSetUp } from './set-up.js';
import { measureSizes } from './sizes.js';
import { setUpReport, sizeReport } from './report.js';

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
if (options.only !== undefined && options.only !== 'set-up' && options.only !== 'sizes') {
  console.error(`--only: expected "set-up" or "sizes", got "${options.only}".`);
  process.exit(2);
}

const reports = [];
if (options.only !== 'sizes') {
  const times = await measureSetUp(runs, (done) =>
    process.stderr.write(`\rcall set-up: ${Math.max(0, done)}/${runs}`),
  );
  process.stderr.write('\n');
  reports.push(setUpReport(times));
}
if (options.only !== 'set-up') reports.push(sizeReport(await measureSizes()));

for (const { text } of reports) console.log(`\n${text}`);
const results = Object.fromEntries(reports.map(({ name, data }) => [name, data]));
if (options.json) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = reports.every(({ passed }) => passed) ? 0 : 1;
