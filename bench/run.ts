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
const progress = (what: string) => (done: number) =>
  process.stderr.write(`\r${what}: ${Math.max(0, done)}/${runs}${done === runs ? '\n' : ''}`);

const PARTS = {
  'set-up': async () => setUpReport(await measureSetUp(runs, progress('call set-up'))),
  sip: async () => sipReport(await measureSipSetUp(runs, progress('call set-up over SIP'))),
  sizes: async () => sizeReport(await measureSizes()),
  sessions: async () => sessionListReport(await measureSessionList(runs, progress('sessions'))),
  load: async () => loadReport(await measureLoad()),
};
const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
const { only } = options;
if (only !== undefined && !(only in PARTS)) {
  console.error(`--only: expected one of "${names.join('", "')}", got "${only}".`);
  process.exit(2);
}

const results: Record<string, unknown> = {};
let failed = false;
for (const part of names) {
  if (only !== undefined && only !== part) continue;
  try {
    const { name, text, data, passed } = await PARTS[part]();
    // Each is told when it is there: what is measured after it may take its time, or fail.
    console.log(`\n${text}`);
    results[name] = data;
    failed ||= !passed;
  } catch (error) {
    // Without a SIP server on this machine, say, the others are measured all the same.
    console.error(`\nNot measured: ${part}. ${(error as Error).message}`);
    failed = true;
  }
}
if (options.json) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = failed ? 1 : 0;
