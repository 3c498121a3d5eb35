import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SESSION_STATES } from '../../../src/protocol/index.js';
import { LEG_TABLE } from '../../../src/pbx/exchange/leg-states.js';
import type { LegEvent, LegState } from '../../../src/pbx/exchange/leg-states.js';
import { holdEvent, isAnswered, isFinal, SESSION_TABLE } from '../../../src/pbx/exchange/session-states.js';
import type { SessionEvent } from '../../../src/pbx/exchange/session-states.js';
import { next } from '../../../src/pbx/exchange/state-machine.js';
import { ProtocolError } from '../../../src/protocol/index.js';

/** Every transition there is, written out; everything else must be refused. */
const LEG = `
created dial dialing | created ring ringing | created listen active | created end ended
dialing ring ringing | dialing answer active | dialing end ended
ringing redirect dialing | ringing answer active | ringing end ended
active end ended`;

const TALKING = (state: string) => `
${state} nobody-holds InCall | ${state} caller-holds CalleeOnHold | ${state} callee-holds CallerOnHold
${state} both-hold OnHold | ${state} transfer-request TransferRequested
${state} caller-hung-up CallerHungUp | ${state} callee-hung-up CalleeHungUp
${state} fail Error | ${state} abort Aborted`;

const CALLING = (state: string) => `
${state} ring Ringing | ${state} cancel Cancelled | ${state} not-found NotFound | ${state} reject Busy
${state} fail Error | ${state} abort Aborted`;

const TRANSFER = (state: string) => `
${state} transfer-complete TransferCompleted | ${state} transfer-fail TransferFailed
${state} caller-hung-up CallerHungUp | ${state} callee-hung-up CalleeHungUp
${state} fail Error | ${state} abort Aborted`;

const SESSION = `
Setup no-answer NotAnswered | TransferSetup no-answer NotAnswered
Ringing seek Setup | Ringing transfer-seek TransferSetup
Created dial Setup | Created transfer-dial TransferSetup | Created join InCall
${['Setup', 'TransferSetup'].map(CALLING).join('')}
Ringing answer InCall | Ringing reject Busy | Ringing cancel Cancelled | Ringing no-answer NotAnswered
Ringing not-found NotFound | Ringing redirect Redirected | Ringing fail Error | Ringing abort Aborted
${['InCall', 'CalleeOnHold', 'CallerOnHold', 'OnHold', 'OnHoldInactive'].map(TALKING).join('')}
TransferRequested transfer-ring Transferring
${['TransferRequested', 'Transferring'].map(TRANSFER).join('')}
TransferFailed nobody-holds InCall | TransferFailed caller-holds CalleeOnHold
TransferFailed callee-holds CallerOnHold | TransferFailed both-hold OnHold`;

const parse = (text: string) =>
  new Map(
    text
      .split(/[\n|]/)
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => {
        const [state, event, to] = line.split(' ');
        return [`${state} ${event}`, to!] as const;
      }),
  );

function checkTable(
  table: Readonly<Record<string, Readonly<Record<string, string>>>>,
  expected: Map<string, string>,
): void {
  const events = new Set([...expected.keys()].map((key) => key.split(' ')[1]!));
  for (const state of Object.keys(table)) {
    for (const event of events) {
      const to = expected.get(`${state} ${event}`);
      if (to) assert.equal(next(table, state, event), to, `${state} × ${event}`);
      else {
        assert.throws(
          () => next(table, state, event),
          (error) => error instanceof ProtocolError && error.reason === 'wrong-state',
          `${state} × ${event}`,
        );
      }
    }
    for (const event of Object.keys(table[state]!)) assert.ok(events.has(event), `${state} × ${event}`);
  }
}

describe('state tables', () => {
  it('of a leg: every transition, and no other', () => {
    checkTable(LEG_TABLE as Record<LegState, Record<LegEvent, LegState>>, parse(LEG));
  });

  it('of a session: every transition, and no other', () => {
    checkTable(SESSION_TABLE as Record<string, Record<SessionEvent, string>>, parse(SESSION));
  });

  it('know every state of a session', () => {
    assert.deepEqual(Object.keys(SESSION_TABLE).sort(), [...SESSION_STATES].sort());
  });

  it('tell final and answered states', () => {
    assert.deepEqual(SESSION_STATES.filter(isFinal).sort(), [
      'Aborted',
      'Busy',
      'CalleeHungUp',
      'CallerHungUp',
      'Cancelled',
      'Error',
      'NotAnswered',
      'NotFound',
      'Redirected',
      'TransferCompleted',
    ]);
    assert.deepEqual(SESSION_STATES.filter(isAnswered), [
      'InCall',
      'CalleeOnHold',
      'CallerOnHold',
      'OnHold',
      'OnHoldInactive',
    ]);
  });

  it('name a hold after who is held', () => {
    assert.equal(holdEvent(false, false, false), 'nobody-holds');
    assert.equal(holdEvent(true, false, false), 'caller-holds');
    assert.equal(holdEvent(false, true, false), 'callee-holds');
    assert.equal(holdEvent(true, true, false), 'both-hold');
    assert.equal(holdEvent(false, false, true), 'both-hold');
  });
});
