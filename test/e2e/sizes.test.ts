/** The size budget counts what it says: no part that a page loads at once may be missing from it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseAst } from 'vite';

const root = new URL('../../', import.meta.url).pathname;
const cdn = join(root, 'dist/cdn');
const chunks = readdirSync(join(cdn, 'chunks')).filter((name) => name.endsWith('.js'));
const { 'size-limit': budget } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  'size-limit': { name: string; path: string[] }[];
};

/** What a module imports at once, not when it likes. */
function importsOf(file: string): string[] {
  const { body } = parseAst(readFileSync(join(cdn, file), 'utf8')) as unknown as {
    body: { type: string; source?: { value: string } | null }[];
  };
  return body.flatMap(({ type, source }) =>
    /^(Import|ExportNamed|ExportAll)/.test(type) && source ? [source.value] : [],
  );
}

/** These modules and all they bring along. */
function closure(files: readonly string[], found = new Set<string>()): Set<string> {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    const folder = file.startsWith('chunks/') ? 'chunks' : '';
    closure(
      importsOf(file).map((name) => join(folder, name)),
      found,
    );
  }
  return found;
}

/** The files a path of the budget stands for: `*` is any text, `{a,b}` one of these. */
function counted(paths: readonly string[]): Set<string> {
  const all = [...readdirSync(cdn), ...chunks.map((name) => `chunks/${name}`)];
  const patterns = paths.map((path) => {
    const text = path
      .replace('dist/cdn/', '')
      .replace(/[.+?^$()|[\]\\]/g, '\\$&')
      .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
      .replaceAll('*', '[^/]*');
    return new RegExp(`^${text}$`);
  });
  return new Set(all.filter((file) => patterns.some((pattern) => pattern.test(file))));
}

const tags = chunks.filter((name) => /^ozeki-/.test(name)).map((name) => `chunks/${name}`);
const named = (start: string) =>
  chunks.filter((name) => name.startsWith(start)).map((name) => `chunks/${name}`);

describe('the size budget', () => {
  const cases: [name: string, loaded: string[]][] = [
    ['the five tags, until an audio call is up', ['ozeki-webphone.js']],
    [
      'a page with every tag, until an audio call is up',
      ['ozeki-webphone.js', ...named('other-tags-'), ...tags],
    ],
    ['the call button, before the click', ['ozeki-call-button.js']],
  ];
  it('has an entry for each', () => {
    assert.deepEqual(
      budget.map(({ name }) => name),
      cases.map(([name]) => name),
    );
  });
  for (const [name, loaded] of cases) {
    it(`counts everything that is loaded: ${name}`, () => {
      const known = counted(budget.find((entry) => entry.name === name)?.path ?? []);
      const missing = [...closure(loaded)].filter((file) => !known.has(file));
      assert.deepEqual(missing, []);
    });
  }
});
