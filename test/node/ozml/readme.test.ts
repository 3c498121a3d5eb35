import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { describeCommands, parseOzml } from '../../../src/pbx/ozml/index.js';

const text = readFileSync(new URL('../../../src/pbx/ozml/README.md', import.meta.url), 'utf8');
const section = (set: string) => text.split(`### ${set}:`)[1]!.split('\n#')[0]!;
const rowsOf = (set: string) =>
  section(set)
    .split('\n')
    .map((line) => /^\| `(\w+)` +\| (.*) \|$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name, parameters]) => ({ name: name!, parameters: parameters! }));

describe('the description of OzML', () => {
  for (const set of ['routing', 'third-party', 'api-extension'] as const) {
    it(`has the commands of ${set}, with their parameters as they are`, () => {
      const commands = describeCommands(set);
      assert.deepEqual(
        rowsOf(set).map(({ name }) => name),
        commands.map(({ name }) => name),
      );
      for (const { name, parameters } of commands) {
        const row = rowsOf(set).find((found) => found.name === name)!;
        for (const parameter of parameters) {
          const { required, main, fallback } = parameter;
          const bold = required ? '\\*\\*' : '(?<!\\*)';
          const rest = `${main ? '[^,;]*_T_' : ''}${fallback === '' ? '' : `[^,;]*\\(${fallback}\\)`}`;
          assert.match(
            row.parameters,
            new RegExp(`${bold}\`${parameter.name}\`${rest}`),
            `${name} ${parameter.name}`,
          );
        }
        const known = new Set(parameters.flatMap((parameter) => [parameter.name, ...parameter.aliases]));
        for (const [, named] of row.parameters.matchAll(/`(\w+)`/g))
          assert.ok(known.has(named!), `${name} ${named}`);
      }
    });
  }

  it('has the commands that need no call', () => {
    const named = [...section('message').matchAll(/`(\w+)`/g)].map(([, name]) => name);
    assert.deepEqual(
      named,
      describeCommands('message').map(({ name }) => name),
    );
  });

  it('shows a script that is one', () => {
    const [, example] = /```xml\n([^]*?)```/.exec(text)!;
    assert.equal(parseOzml(example!, 'api-extension').commands.length, 2);
  });
});
