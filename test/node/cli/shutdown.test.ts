import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { program } from './process.js';

/** A process whose way to stop is given, and that says when it is ready. */
const stopping = (close: string) =>
  program(`
    import { stopOnSignals } from './dist/pbx/cli/shutdown.js';
    setInterval(() => {}, 1000);
    stopOnSignals(${close});
    console.log('ready');`);

describe('a phone system that does not stop', () => {
  it('is ended within five seconds, with a line', async () => {
    const running = stopping(`() => new Promise(() => {})`);
    await running.said(/ready/);
    const before = performance.now();
    running.kill('SIGTERM');
    const { code, complaints } = await running.ended;
    assert.equal(code, 1);
    assert.ok(performance.now() - before < 5000);
    assert.deepEqual(complaints, ['The phone system did not stop within 4.5 s and was ended.']);
  });

  it('is ended at once by a second signal', async () => {
    const running = stopping(`() => (console.log('stopping'), new Promise(() => {})), 0`);
    await running.said(/ready/);
    running.kill('SIGINT');
    await running.said(/stopping/);
    const before = performance.now();
    running.kill('SIGINT');
    const { code, complaints } = await running.ended;
    assert.equal(code, 1);
    assert.ok(performance.now() - before < 2000);
    assert.deepEqual(complaints, ['Stopped at once by a second SIGINT.']);
  });

  it('takes a signal that npm hands on once more for the one it is', async () => {
    const running = stopping(`() => new Promise((resolve) => {
      console.log('stopping');
      process.once('SIGINT', () => setImmediate(resolve));
    })`);
    await running.said(/ready/);
    running.kill('SIGINT');
    await running.said(/stopping/);
    running.kill('SIGINT');
    const { code, complaints } = await running.ended;
    assert.deepEqual([code, complaints], [0, []]);
  });

  it('says why it failed to', async () => {
    const running = stopping(`() => Promise.reject(new Error('stuck'))`);
    await running.said(/ready/);
    running.kill('SIGTERM');
    const { code, complaints } = await running.ended;
    assert.deepEqual([code, complaints], [1, ['stuck']]);
  });
});

describe('a mistake nobody handled', () => {
  for (const [what, mistake] of [
    ['an error', `setTimeout(() => { throw new Error('oops'); })`],
    ['a rejection', `void Promise.reject(new Error('oops'))`],
  ] as const) {
    it(`${what}: is logged as fatal and ends the process`, async () => {
      const { code, stderr } = await program(`
        import { dieOnMistakes } from './dist/pbx/cli/shutdown.js';
        import { createLog } from './dist/pbx/log.js';
        setInterval(() => {}, 1000);
        dieOnMistakes(createLog('info'));
        ${mistake};`).ended;
      assert.equal(code, 1);
      const entry = JSON.parse(stderr) as { level: string; err: { message: string; stack: string } };
      assert.equal(entry.level, 'fatal');
      assert.equal(entry.err.message, 'oops');
      assert.match(entry.err.stack, /oops/);
    });
  }
});

describe('the log', () => {
  it('masks fields that hold secrets', async () => {
    const { stderr } = await program(`
      import { createLog } from './dist/pbx/log.js';
      createLog('info').info({ password: 'x1', params: { token: 'x2', sdp: 'x3', number: 'ok' } }, 'hello');`)
      .ended;
    const entry = JSON.parse(stderr) as Record<string, unknown>;
    assert.equal(entry.password, '[masked]');
    assert.deepEqual(entry.params, { token: '[masked]', sdp: '[masked]', number: 'ok' });
    assert.equal(entry.msg, 'hello');
  });
});
