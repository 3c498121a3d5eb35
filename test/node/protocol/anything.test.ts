/** Every schema of the protocol against what it takes, what is almost that, and junk. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import * as protocol from '../../../src/protocol/index.js';
import { junk, nearlyValid, parsing, valid, type AnySchema } from '../../support/arbitraries.js';
import { runs } from '../../support/property.js';

/** Every schema the protocol exports, those in tables under their names. */
const SCHEMAS: [string, AnySchema][] = Object.entries(protocol).flatMap(([name, value]) =>
  isSchema(value)
    ? [[name, value] as [string, AnySchema]]
    : Object.entries(typeof value === 'object' ? value : {}).flatMap(([key, each]: [string, unknown]) =>
        isSchema(each) ? [[`${name} ${key}`, each] as [string, AnySchema]] : [],
      ),
);

function isSchema(value: unknown): value is AnySchema {
  if (typeof value !== 'object' || value === null) return false;
  return ('kind' in value && value.kind === 'schema') || ('is' in value && 'of' in value);
}

/** What every parsing must keep to, whatever comes. */
function holds(schema: AnySchema, input: unknown): void {
  const before = JSON.stringify(input);
  const parsed = v.safeParse(parsing(schema), input);
  assert.equal(JSON.stringify(input), before, 'the input is left as it was');
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  if (!parsed.success) return;
  const again = v.safeParse(parsing(schema), parsed.output);
  assert.ok(again.success, 'what came out is taken again');
  assert.deepEqual(again.output, parsed.output);
  // What the phone system works with is never longer than what was sent and what was left out.
  if (!('is' in schema) && schema.type === 'strict_object') {
    const { entries } = schema as unknown as { entries: object };
    const known = new Set(Object.keys(entries));
    assert.ok(Object.keys(parsed.output as object).every((key) => known.has(key)));
  }
}

describe('the schemas of the protocol', () => {
  it('are all here', () => assert.ok(SCHEMAS.length > 60, `${SCHEMAS.length} schemas`));

  for (const [name, schema] of SCHEMAS) {
    it(`${name}: never throws, changes nothing, and takes again what it took`, () => {
      fc.assert(
        fc.property(valid(schema), (input) => {
          assert.ok(
            v.is(parsing(schema), JSON.parse(JSON.stringify(input))),
            'it is taken as it comes over the wire',
          );
          holds(schema, input);
        }),
        runs(40, 300),
      );
      fc.assert(
        fc.property(fc.oneof(nearlyValid(schema), junk()), (input) => holds(schema, input)),
        runs(120, 300),
      );
    });
  }
});
