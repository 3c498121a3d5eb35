/** `custom-elements.json` tells developers and their tools all of a tag: what its source shows, it has. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

interface Named {
  readonly name: string;
  readonly description?: string;
}
interface Declaration {
  readonly tagName?: string;
  readonly name: string;
  readonly summary?: string;
  readonly attributes?: readonly Named[];
  readonly events?: readonly (Named & { readonly type: { readonly text: string } })[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8')) as {
  modules: { path: string; declarations?: Declaration[] }[];
};
const declarations = modules.flatMap((module) => module.declarations ?? []);
const TAGS = readdirSync('src/elements').filter((name) => name.startsWith('ozeki-'));
/** The events every form control has. */
const OF_FORMS = ['input', 'change'];

/** All source text of a tag's folder. */
function sourceOf(tag: string): string {
  return readdirSync(`src/elements/${tag}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`src/elements/${tag}/${name}`, 'utf8'))
    .join('\n');
}

/** Everything a pattern finds, once. */
const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap(([, words]) => words!.split(/\s+/)).filter(Boolean)),
];

describe('the manifest of the tags', () => {
  for (const tag of TAGS) {
    describe(tag, () => {
      const declared = declarations.filter(({ tagName }) => tagName === tag);
      const [one] = declared;
      const names = (list: readonly Named[] = []) => list.map(({ name }) => name);

      it('is declared once, says what it is, and explains each part of its contract', () => {
        assert.equal(declared.length, 1);
        assert.match(one!.summary ?? '', /\w.*[.`]$/s);
        for (const key of [
          'attributes',
          'events',
          'cssParts',
          'cssProperties',
          'cssStates',
          'slots',
        ] as const)
          for (const { name, description } of one![key] ?? [])
            assert.match(description ?? '', /\S/, `${key}: "${name}" has a description`);
        assert.ok(names(one!.cssParts).includes('base'), 'it has the part "base"');
        assert.ok(names(one!.cssProperties).includes('--ozeki-color-surface'), 'it names its tokens');
        assert.ok(one!.cssStates?.length, 'it has states');
        assert.ok(
          names(one!.attributes).includes('client') || tag === 'ozeki-client',
          'it can name its client',
        );
      });

      it('names every part and every state that its source names', () => {
        const source = sourceOf(tag);
        // What stands for a value is not known here.
        const parts = found(source.replace(/\$\{[^}]*\}/g, ' '), /[^-\w]part="([^"]*)"/g);
        assert.deepEqual(
          parts.filter((name) => !names(one!.cssParts).includes(name)),
          [],
          'parts',
        );
        assert.deepEqual(
          found(source, /setState\(\s*'([\w-]+)'/g).filter((name) => !names(one!.cssStates).includes(name)),
          [],
          'states',
        );
      });

      it('has events with our prefix and a type of their own, all that it sends', () => {
        for (const { name, type } of one!.events ?? [])
          if (!OF_FORMS.includes(name)) {
            assert.match(name, /^ozeki-[a-z-]+$/);
            assert.match(type.text, /^Ozeki\w+Event$/, name);
          }
        const types = (one!.events ?? []).map(({ type }) => type.text);
        const sent = found(sourceOf(tag), /new (Ozeki\w+Event)\(/g);
        assert.deepEqual(
          sent.filter((type) => !types.includes(type)),
          [],
        );
      });
    });
  }

  it('has no tag that there is not', () => {
    const tags = declarations.flatMap(({ tagName }) => tagName ?? []);
    assert.deepEqual(tags.sort(), [...TAGS].sort());
  });
});
