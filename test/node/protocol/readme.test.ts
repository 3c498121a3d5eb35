import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import {
  check,
  controlEventSchemas,
  END_REASONS,
  ERROR_CODES,
  eventSchemas,
  PRIVILEGES,
  requestEnvelopeSchema,
  requestSchemas,
  serverEnvelopeSchema,
  SESSION_STATES,
} from '../../../src/protocol/index.js';

const text = readFileSync(new URL('../../../src/protocol/README.md', import.meta.url), 'utf8');
/** Rows of tables, so that a name in passing does not count. */
const rows = text.split('\n').filter((line) => line.startsWith('| '));
const rowOf = (name: string) => rows.filter((row) => row.split('|')[1]!.includes(`\`${name}\``));

describe('the description of the protocol', () => {
  for (const [method, schema] of Object.entries(requestSchemas)) {
    it(`has the method ${method} with each of its parameters`, () => {
      const [row] = rowOf(method);
      assert.ok(row, 'a row of its own');
      for (const key of Object.keys(schema.entries)) assert.ok(row.includes(`\`${key}\``), key);
    });
  }

  it('has every event, end reason, session state and privilege', () => {
    const events = Object.keys({ ...eventSchemas, ...controlEventSchemas });
    for (const name of [...events, ...END_REASONS, ...SESSION_STATES, ...PRIVILEGES]) {
      assert.ok(rowOf(name).length > 0, name);
    }
  });

  it('has every error with its code', () => {
    for (const [name, code] of Object.entries(ERROR_CODES)) {
      assert.ok(
        rowOf(name).some((row) => row.includes(` ${code} `)),
        name,
      );
    }
  });

  it('has every reason a connection is closed for', () => {
    for (const reason of eventSchemas['connection.closing'].of.reason.of) {
      assert.ok(rowOf(reason).length > 0, reason);
    }
  });

  it('names no method or event that does not exist', () => {
    const known = { ...requestSchemas, ...eventSchemas, ...controlEventSchemas };
    const named =
      text.match(
        /`(?:calls?|session|connection|extension|webphone|directory|history|user|client|message)\.[a-z]+`/g,
      ) ?? [];
    assert.ok(named.length > 40);
    const rights: readonly string[] = PRIVILEGES;
    for (const name of named.map((quoted) => quoted.slice(1, -1))) {
      assert.ok(Object.hasOwn(known, name) || rights.includes(name), name);
    }
  });

  it('shows an example of messages that are what they say', () => {
    const example = /```\n(→[\s\S]*?)```/.exec(text)![1]!;
    const messages = example
      .split(/\n(?=[→←])/)
      .map((message) => [message[0], JSON.parse(message.slice(2)) as unknown] as const);
    assert.ok(messages.length > 10);
    let seq = 0;
    for (const [direction, message] of messages) {
      if (direction === '→') {
        const { method, params } = v.parse(requestEnvelopeSchema, message);
        v.parse((requestSchemas as Record<string, v.GenericSchema>)[method]!, params);
      } else {
        const received = check(serverEnvelopeSchema, message);
        if (received.method !== undefined) assert.equal(received.params?.seq, ++seq);
      }
    }
  });
});
