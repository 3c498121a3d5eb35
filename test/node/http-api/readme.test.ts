import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { API_RIGHTS } from '../../../src/pbx/config/api-settings.js';
import { STATUS } from '../../../src/pbx/http-api/status.js';
import { COMMANDS } from '../../../src/pbx/http-api/table.js';

const text = readFileSync(new URL('../../../src/pbx/http-api/README.md', import.meta.url), 'utf8');
/** Rows of tables as their cells. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('the description of the HTTP API', () => {
  for (const { name, right, parameters, codes } of COMMANDS) {
    it(`has the command ${name} as it is`, () => {
      const [row, ...more] = rows.filter((cells) => cells[0] === `\`${name}\`` && cells.length === 5);
      assert.ok(row && more.length === 0, 'one row of its own');
      assert.equal(row[1], `\`${right}\``);
      // What stands in brackets is what a value may be.
      const described = (row[2] ?? '')
        .replaceAll(/ \([^)]*\)/g, '')
        .split(', ')
        .filter(Boolean);
      assert.deepEqual(
        described,
        Object.values(parameters).map((each) =>
          each.required ? `**\`${each.name}\`**` : `\`${each.name}\``,
        ),
      );
      assert.equal(row[4], codes.join(' '));
    });
  }

  it('has every code and every right', () => {
    for (const code of Object.values(STATUS)) {
      assert.ok(
        rows.some(([first]) => first === String(code)),
        String(code),
      );
    }
    for (const right of API_RIGHTS) {
      assert.ok(
        rows.some(([, second]) => second === `\`${right}\``),
        right,
      );
    }
  });
});
