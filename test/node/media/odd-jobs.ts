/** Runs in a thread, in a test: jobs that are done, take for ever, or break the thread. */
import { serveJobs } from '../../../src/pbx/media/threads/serve-jobs.js';

export type OddJob = 'add' | 'throw' | 'hang' | 'exit' | 'overflow' | 'hoard';

let done = 0;

serveJobs<OddJob, number>((job) => {
  console.error('nobody wants to read this');
  if (job === 'throw') throw new Error('it is broken');
  if (job === 'hang') for (;;);
  if (job === 'exit') process.exit(3);
  if (job === 'overflow') return Promise.reject(new RangeError('too deep'));
  if (job === 'hoard') for (const hoard: object[] = []; ;) hoard.push(Array(1000).fill(hoard.length));
  return Promise.resolve({ result: ++done });
});
