import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Eventual } from '../../../src/pbx/media/eventual.js';

describe('a codec that is still being made', () => {
  const codec = () => ({
    freed: 0,
    free: function () {
      this.freed += 1;
    },
  });
  const fail = (error: unknown) => assert.fail(String(error));

  it('is there once it is made, and freed at its end', async () => {
    const made = codec();
    const eventual = new Eventual(Promise.resolve(made), fail);
    assert.equal(eventual.value, null);
    await Promise.resolve();
    assert.equal(eventual.value, made);
    eventual.free();
    eventual.free();
    assert.deepEqual([eventual.value, made.freed], [null, 1]);
  });

  it('is freed also when it is there only after its end', async () => {
    const made = codec();
    const eventual = new Eventual(Promise.resolve(made), fail);
    eventual.free();
    await Promise.resolve();
    assert.deepEqual([eventual.value, made.freed], [null, 1]);
  });

  it('that cannot be made is told', async () => {
    const told: unknown[] = [];
    const eventual = new Eventual(Promise.reject(new Error('no memory')), (error) => told.push(error));
    await new Promise((resolve) => setImmediate(resolve));
    assert.match(String(told), /no memory/);
    assert.equal(eventual.value, null);
    eventual.free();
  });
});
