/** Which tab has the phone: the table, and when the other one is taken for silent. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { ASK_MS, Silence, SILENT_MS } from '../../../src/page/tabs/silence.js';
import { nextTabState, type TabEvent, type TabState } from '../../../src/page/tabs/tab-states.js';

const STATES: readonly TabState[] = ['asking', 'following', 'taking', 'leading', 'alone', 'left'];
const EVENTS: readonly TabEvent[] = ['welcomed', 'refused', 'granted', 'silent', 'wanted', 'failed', 'leave'];

describe('the place of a tab', () => {
  it('is decided once: whoever leads, is alone or has left follows nobody any more', () => {
    for (const state of ['leading', 'alone', 'left'] as const)
      for (const event of EVENTS) assert.equal(nextTabState(state, event), null);
  });

  it('is left from everywhere, and the lock makes every other state one that leads', () => {
    for (const state of STATES.slice(0, 3)) {
      assert.equal(nextTabState(state, 'leave'), 'left');
      assert.equal(nextTabState(state, 'granted'), 'leading');
    }
  });

  it('is never taken twice, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
        let state: TabState = 'asking';
        let taken = 0;
        for (const event of events) {
          const next = nextTabState(state, event);
          if (next === 'taking') taken++;
          state = next ?? state;
        }
        assert.ok(taken <= 1);
      }),
    );
  });
});

describe('the other tab', () => {
  let asked = 0;
  let silent = 0;
  let silence: Silence;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    asked = silent = 0;
    silence = new Silence(
      () => asked++,
      () => silent++,
    );
  });
  afterEach(() => {
    silence.stop();
    mock.timers.reset();
  });

  it('is asked each second, and is silent after five without a word', () => {
    for (let ms = ASK_MS; ms < SILENT_MS; ms += ASK_MS) mock.timers.tick(ASK_MS);
    assert.deepEqual([asked, silent], [SILENT_MS / ASK_MS, 0]);
    mock.timers.tick(ASK_MS);
    assert.equal(silent, 1);
  });

  it('is there as long as it says something', () => {
    for (let second = 0; second < 60; second++) {
      mock.timers.tick(ASK_MS);
      silence.heard();
    }
    assert.equal(silent, 0);
  });

  it('has time to answer one that was frozen itself', () => {
    mock.timers.setTime(60_000);
    mock.timers.tick(ASK_MS);
    assert.equal(silent, 0, 'it was not asked since');
  });
});
