import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matches, MAX_HOPS, route } from '../../../src/pbx/dial-plan/index.js';
import type { DialPlan, RouteRequest } from '../../../src/pbx/dial-plan/index.js';

const directory = {
  extension: (id: string) => (['1001', '1002', '1003'].includes(id) ? { id, name: `Desk ${id}` } : undefined),
  application: (id: string) => (id === '5000' ? { id, name: 'Conference' } : undefined),
  line: (id: string) => (id === 'provider' ? { id, name: 'Provider' } : undefined),
};
const ask = (to: string, plan: Partial<DialPlan> = {}, more: Partial<RouteRequest> = {}) =>
  route(
    { to, caller: '1001', only: null, hops: 0, ...more },
    { rules: [], ringSeconds: 60, ...plan },
    directory,
  );
const ring = (number: string, ringMs = 60_000) => ({
  kind: 'ring',
  party: { number, name: `Desk ${number}` },
  ringMs,
});
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('a pattern', () => {
  const cases: [string, string, boolean][] = [
    ['1001', '1001', true],
    ['1001', '10011', false],
    ['1001', '100', false],
    ['10XX', '1042', true],
    ['10XX', '10a2', false],
    ['10XX', '10٣٤', false],
    ['9*', '9', true],
    ['9*', '9123', true],
    ['9*', '8123', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['9X*', '9', false],
    ['9X*', '95', true],
    ['+36XX', '+3612', true],
    ['.X', 'a1', false],
    ['sales@example', 'sales@example', true],
    ['Ab', 'ab', false],
  ];
  for (const [pattern, number, fits] of cases) {
    it(`${pattern} ${fits ? 'fits' : 'does not fit'} ${number || 'nothing'}`, () => {
      assert.equal(matches(pattern, number), fits);
    });
  }
});

describe('the dial plan', () => {
  it('finds extensions by their number', () => {
    assert.deepEqual(ask('1002'), ring('1002'));
  });

  it('finds applications, also by a rule, and for visitors whose line leads there', () => {
    const found = { kind: 'answer', party: { number: '5000', name: 'Conference' }, ringMs: 60_000 };
    assert.deepEqual(ask('5000'), found);
    assert.deepEqual(ask('0', { rules: [{ pattern: '0', to: '5000' }] }), found);
    assert.deepEqual(ask('', {}, { caller: 'Qdb3W', only: '5000' }), found);
    assert.deepEqual(ask('5000', {}, { caller: 'Qdb3W', only: '1001' }), refused('forbidden'));
    assert.deepEqual(ask('5000', {}, { caller: '5000' }), refused('busy'));
  });

  it('knows no other numbers', () => {
    for (const to of ['4711', '', '__proto__', '1002 ']) assert.deepEqual(ask(to), refused('not-found'));
  });

  it('asks its rules first; the first that fits decides', () => {
    const rules = [
      { pattern: '0', to: '1002', ringSeconds: 20 },
      { pattern: '8*', to: '{number}' },
      { pattern: '81002', to: '1003' },
      { pattern: '1003', to: '1002' },
    ];
    assert.deepEqual(ask('0', { rules }), ring('1002', 20_000));
    assert.deepEqual(ask('81002', { rules }), refused('not-found'));
    assert.deepEqual(ask('1003', { rules }), ring('1002'), 'also for the number of an extension');
    assert.deepEqual(ask('1002', { rules }), ring('1002'));
  });

  it('puts the dialled number where a rule says so', () => {
    const rules = [{ pattern: '2', to: '100{number}', ringSeconds: 5 }];
    assert.deepEqual(ask('2', { rules }), ring('1002', 5000));
    assert.deepEqual(
      ask('$&', { rules: [{ pattern: '*', to: '{number}' }] }),
      refused('not-found'),
      'a number is never taken for a replacement pattern',
    );
  });

  it('applies one rule only, so that rules cannot go in circles', () => {
    const rules = [
      { pattern: '1002', to: '1003' },
      { pattern: '1003', to: '1002' },
    ];
    assert.deepEqual(ask('1002', { rules }), ring('1003'));
  });

  it('stops calls that were sent on too often', () => {
    assert.deepEqual(ask('1002', {}, { hops: MAX_HOPS }), ring('1002'));
    assert.deepEqual(ask('1002', {}, { hops: MAX_HOPS + 1 }), refused('unavailable'));
  });

  it('does not call somebody from himself', () => {
    assert.deepEqual(ask('1001'), refused('busy'));
    assert.deepEqual(ask('7', { rules: [{ pattern: '7', to: '1001' }] }), refused('busy'));
  });

  it('takes visitors to one extension only, whatever the rules say', () => {
    const visitor = { caller: 'Qdb3W', only: '1001' };
    assert.deepEqual(ask('', {}, visitor), ring('1001'));
    assert.deepEqual(ask('1001', {}, visitor), ring('1001'));
    for (const to of ['1002', '4711', '0']) {
      const rules = [{ pattern: '0', to: '1001' }];
      assert.deepEqual(ask(to, { rules }, visitor), refused('forbidden'));
    }
    assert.deepEqual(ask('', {}, { caller: 'Qdb3W', only: '4711' }), refused('not-found'));
  });
});
