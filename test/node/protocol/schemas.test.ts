import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import {
  callSchema,
  candidateSchema,
  ERROR_CODES,
  errorName,
  numberSchema,
  propertiesSchema,
  read,
  requestEnvelopeSchema,
  requestSchemas,
  resultSchema,
  type Schema,
} from '../../../src/protocol/index.js';

const takes = (schema: v.GenericSchema | Schema, value: unknown) =>
  'is' in schema ? read(schema as Schema<object>, value) !== null : v.is(schema, value);

describe('errors', () => {
  it('have each a code of their own that leads back to the name', () => {
    const codes = Object.values(ERROR_CODES);
    assert.equal(new Set(codes).size, codes.length);
    for (const [name, code] of Object.entries(ERROR_CODES)) assert.equal(errorName(code), name);
    assert.equal(errorName(-1), 'internal');
  });
});

describe('numbers', () => {
  it('are printable and without blanks', () => {
    for (const number of ['1001', '+36 1'.replace(' ', ''), 'sales@example.com', '*#9', 'Qdb3W', 'é']) {
      assert.ok(takes(numberSchema, number), number);
    }
    for (const number of ['', ' ', '1 2', '1\n', '\u0000', '1\u200b', '1'.repeat(65), 1001, null]) {
      assert.ok(!takes(numberSchema, number), JSON.stringify(number));
    }
  });
});

describe('requests', () => {
  it('have an envelope without anything beside it', () => {
    const request = { jsonrpc: '2.0', id: 1, method: 'x' };
    assert.deepEqual(v.parse(requestEnvelopeSchema, request), { ...request, params: {} });
    assert.ok(!takes(requestEnvelopeSchema, { ...request, extra: 1 }));
    assert.ok(!takes(requestEnvelopeSchema, { ...request, id: null }));
  });

  it('take candidates within bounds only', () => {
    const candidate = {
      candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host',
      sdpMid: '0',
      sdpMLineIndex: 0,
    };
    assert.ok(takes(candidateSchema, candidate));
    assert.ok(takes(candidateSchema, null));
    assert.ok(takes(candidateSchema, { ...candidate, sdpMid: null, sdpMLineIndex: null }));
    for (const wrong of [
      { ...candidate, sdpMLineIndex: -1 },
      { ...candidate, sdpMLineIndex: 0.5 },
      { ...candidate, candidate: 'x'.repeat(1025) },
      { ...candidate, usernameFragment: 'x' },
      {},
    ]) {
      assert.ok(!takes(candidateSchema, wrong));
    }
  });

  it('share properties, but no secret and no endless list', () => {
    assert.ok(takes(propertiesSchema, { nick: 'Ann', age: 7, away: false, note: null }));
    for (const wrong of [
      { password: 'x' },
      { Password: 'x' },
      { nested: {} },
      { list: [] },
      { long: 'x'.repeat(1025) },
      Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`p${index}`, 1])),
    ]) {
      assert.ok(!takes(propertiesSchema, wrong));
    }
  });

  it('name their calls by ids without surprises', () => {
    for (const callId of ['a', 'A-b_9', 'x'.repeat(64)]) {
      assert.ok(takes(requestSchemas['call.hangup'], { callId }));
    }
    for (const callId of ['', 'a b', '../x', 'x'.repeat(65), 1]) {
      assert.ok(!takes(requestSchemas['call.hangup'], { callId }));
    }
  });
});

describe('results', () => {
  it('are an empty object where nothing else is said', () => {
    assert.ok(takes(resultSchema('call.hangup'), {}));
    assert.ok(!takes(resultSchema('call.start'), {}));
    assert.ok(takes(resultSchema('call.start'), { answer: 'v=0' }));
  });

  it('describe calls completely', () => {
    assert.ok(!takes(callSchema, { id: 'x', state: 'ringing' }));
  });
});
