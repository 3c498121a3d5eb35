/** When the media of a call are looked for anew: the rules alone, with a clock that a test moves. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { MediaCare } from '../../../src/phone/recovery/media-care.js';
import { BROKEN_MS, nextMediaState } from '../../../src/phone/recovery/media-states.js';

let done: string[];
let care: MediaCare;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  done = [];
  const note = (what: string) => () => {
    done.push(what);
    return Promise.resolve();
  };
  care = new MediaCare(
    { restart: note('restart'), renew: note('renew'), giveUp: () => done.push('give up') },
    true,
  );
});

afterEach(() => {
  care.stop();
  mock.timers.reset();
});

const pass = (ms: number) => {
  // In steps, so that a timer that starts in one runs in the next.
  for (let step = 0; step < ms; step += 100) mock.timers.tick(100);
};

describe('media that break', () => {
  it('may come back by themselves', () => {
    care.follow('interrupted', true);
    pass(900);
    care.follow('connected', true);
    pass(60_000);
    assert.deepEqual(done, []);
  });

  it('are replaced at once when the other end is gone for good', () => {
    care.follow('connected', true);
    care.renew();
    assert.deepEqual(done, ['renew']);
    care.follow('connected', true);
    pass(60_000);
    assert.deepEqual(done, ['renew']);
  });

  it('are replaced, not looked for, when they broke with the phone system', () => {
    care.follow('interrupted', false);
    care.follow('interrupted', true);
    care.renew();
    assert.deepEqual(done.at(-1), 'renew');
  });

  it('are looked for on new paths, then replaced, then given up', () => {
    care.follow('interrupted', true);
    pass(1000);
    assert.deepEqual(done, ['restart']);
    pass(4000);
    assert.deepEqual(done, ['restart', 'renew']);
    pass(BROKEN_MS + 8000);
    assert.deepEqual(done.at(-1), 'give up');
    assert.equal(done.filter((what) => what === 'give up').length, 1);
  });

  it('are left alone while the signalling is not there, and restarted when it is back', () => {
    care.follow('interrupted', true);
    care.follow('interrupted', false);
    pass(10 * BROKEN_MS);
    assert.deepEqual(done, []);
    care.follow('interrupted', true);
    assert.deepEqual(done, ['restart']);
    pass(4000);
    assert.deepEqual(done, ['restart', 'renew'], 'time without signalling did not count');
    care.follow('connected', true);
    pass(10 * BROKEN_MS);
    assert.equal(done.length, 2);
  });

  it('that only seem broken get new paths, and are never taken for lost', () => {
    care.suspect();
    care.follow('connected', true);
    pass(10 * BROKEN_MS);
    assert.deepEqual(done, ['restart']);
  });

  it('follow a table', () => {
    assert.equal(nextMediaState('well', 'up'), null);
    assert.equal(nextMediaState('suspected', 'broke'), 'restarting');
    assert.equal(nextMediaState('lost', 'up'), null);
  });
});

it('a remedy that cannot be tried is followed by the next', async () => {
  const failing = new MediaCare(
    {
      restart: () => Promise.reject(new Error('no')),
      renew: () => Promise.resolve(void done.push('renew')),
      giveUp: () => {},
    },
    true,
  );
  failing.follow('interrupted', true);
  pass(1000);
  await Promise.resolve();
  await Promise.resolve();
  pass(500);
  assert.deepEqual(done, ['renew']);
  failing.stop();
});

it('a remedy that fails after the call is over is followed by none', async () => {
  const tried: string[] = [];
  const remedy = (name: string) => () => {
    tried.push(name);
    return Promise.reject(new Error('over'));
  };
  const over = new MediaCare({ restart: remedy('restart'), renew: remedy('renew'), giveUp: () => {} }, true);
  over.renew();
  over.stop();
  await Promise.resolve();
  pass(60_000);
  assert.deepEqual(tried, ['renew']);
});
