import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultOffset, lineAndColumn } from '../../../src/pbx/config/json-position.js';

/** Each text has its fault at the mark, which is not part of it. */
const FAULTY = [
  '{"a": 1,¦}',
  '{"a": 1 ¦"b": 2}',
  '{"a" ¦1}',
  '{¦a: 1}',
  '[1, 2¦',
  '[1, ¦,2]',
  '{"a": ¦nul}',
  '{"a": ¦truely}',
  '{"a": ¦01}',
  '{"a": ¦1.}',
  "{¦'a': 1}",
  '{"a": ¦"x\ny"}',
  '{"a": ¦"\\x"}',
  '{"a": ¦// no comments\n1}',
  '{"a": [1}'.replace('}', '¦}'),
  '{} ¦{}',
  '¦',
  '  ¦}',
];

describe('where a text stops being JSON', () => {
  for (const marked of FAULTY) {
    it(JSON.stringify(marked), () => {
      const text = marked.replace('¦', '');
      assert.throws(() => JSON.parse(text), 'the text is JSON after all');
      assert.equal(faultOffset(text), marked.indexOf('¦'));
    });
  }

  it('is nowhere in JSON: the end is reached', () => {
    for (const text of ['{}', '[]', ' {"a": [1, -2.5e+3, "\\u00e9\\"", {}, []], "b": null} ', 'true']) {
      JSON.parse(text);
      assert.equal(faultOffset(text), text.length, text);
    }
  });

  it('is told as line and column', () => {
    assert.deepEqual(lineAndColumn('ab\ncd', 0), { line: 1, column: 1 });
    assert.deepEqual(lineAndColumn('ab\ncd', 4), { line: 2, column: 2 });
  });
});
