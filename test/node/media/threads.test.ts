/** Threads do jobs; what breaks one thread is told to who gave the job, and the next job gets another thread. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { Gate, GateFull } from '../../../src/pbx/media/threads/gate.js';
import { JobThreads } from '../../../src/pbx/media/threads/job-threads.js';
import { besides } from '../../../src/pbx/media/threads/start-thread.js';
import { JobFailed, Thread } from '../../../src/pbx/media/threads/thread.js';
import type { OddJob } from './odd-jobs.js';

const MODULE = besides('./odd-jobs', import.meta.url);

describe('threads', { timeout: 60_000 }, () => {
  let pools: JobThreads<OddJob, number>[] = [];

  afterEach(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
    pools = [];
  });

  function pool(threads: number, timeoutMs = 30_000): JobThreads<OddJob, number> {
    const made = new JobThreads<OddJob, number>({ module: MODULE, threads, maxWaiting: 10, timeoutMs });
    pools.push(made);
    return made;
  }

  it('do one job after the other, and are kept for the next', async () => {
    const one = pool(1);
    assert.deepEqual(
      await Promise.all([one.run(() => 'add'), one.run(() => 'add'), one.run(() => 'add')]),
      [1, 2, 3],
    );
    assert.equal(await one.run(() => 'add'), 4);
  });

  it('are as many as there may be, when there is so much to do', async () => {
    const two = pool(2);
    // Each thread counts for itself.
    const counts = await Promise.all([two.run(() => 'add'), two.run(() => 'add')]);
    assert.deepEqual(counts, [1, 1]);
  });

  it('are not used again when a job broke them, and the others get a new one', async () => {
    for (const [job, message] of [
      ['throw', /it is broken/],
      ['overflow', /too deep/],
      ['exit', /its thread has ended/],
      ['hoard', /memory/],
    ] as const) {
      const one = pool(1);
      assert.equal(await one.run(() => 'add'), 1);
      const broken = one.run(() => job);
      const next = one.run(() => 'add');
      await assert.rejects(broken, (error) => error instanceof JobFailed && message.test(error.message));
      assert.equal(await next, 1, 'a new thread');
    }
  });

  it('are ended when a job takes too long, whatever it does', async () => {
    const one = pool(1, 3000);
    const hanging = one.run(() => 'hang');
    const next = one.run(() => 'add');
    await assert.rejects(hanging, { name: 'JobFailed', message: 'it took longer than 3 s' });
    assert.equal(await next, 1);
  });

  it('end with what they do when they are closed', async () => {
    const one = pool(1);
    await one.run(() => 'add');
    const outcomes = [one.run(() => 'hang'), one.run(() => 'add')].map((job) =>
      assert.rejects(job, { name: 'JobFailed', message: 'it was ended' }),
    );
    await one.close();
    await Promise.all(outcomes);
    await assert.rejects(
      one.run(() => 'add'),
      { name: 'JobFailed' },
    );
  });

  it('reject everything that was asked when they end, and what is asked later', async () => {
    let ended = 0;
    const thread = new Thread<OddJob, number>(MODULE, () => (ended += 1));
    assert.deepEqual(await Promise.all([thread.ask('add'), thread.ask('add')]), [1, 2]);
    const asked = [thread.ask('hang'), thread.ask('add')].map((job) =>
      assert.rejects(job, /no longer needed/),
    );
    await Promise.all([thread.end('no longer needed'), thread.end('again'), ...asked]);
    await assert.rejects(thread.ask('add'), /no longer needed/);
    assert.equal(ended, 1);
  });
});

describe('the gate', () => {
  it('lets so many through at once, in their order, and so many wait', async () => {
    const gate = new Gate(2, 2);
    const begun: number[] = [];
    const open: (() => void)[] = [];
    const pass = (number: number) =>
      gate.pass(() => {
        begun.push(number);
        return new Promise<void>((resolve) => open.push(resolve));
      });
    const passing = [1, 2, 3, 4].map(pass);
    await assert.rejects(pass(5), GateFull);
    assert.deepEqual(begun, [1, 2]);
    open[1]!();
    await passing[1];
    await Promise.resolve();
    assert.deepEqual(begun, [1, 2, 3]);
    open[0]!();
    open[2]!();
    await Promise.all([passing[0], passing[2]]);
    assert.deepEqual(begun, [1, 2, 3, 4]);
    open[3]!();
    await passing[3];
    await gate.pass(() => Promise.resolve());
  });

  it('frees the place of work that failed', async () => {
    const gate = new Gate(1, 0);
    await assert.rejects(
      gate.pass(() => Promise.reject(new Error('failed'))),
      /failed/,
    );
    assert.equal(await gate.pass(() => Promise.resolve('through')), 'through');
  });
});
