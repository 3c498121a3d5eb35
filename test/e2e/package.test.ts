import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const TAGS = readdirSync('src/define')
  .filter((name) => name.startsWith('ozeki-'))
  .map((name) => name.replace('.ts', ''));

interface Manifest {
  exports: Record<string, string | { types: string; default: string }>;
}
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** The class of a tag: `ozeki-session-list` is `OzekiSessionList`. */
const className = (tag: string) =>
  tag.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());

/** Imports an entry of the package by its own name, through `exports`. */
const entry = (path: string) => import(`ozeki-webphone${path}`) as Promise<Record<string, unknown>>;

describe('the built package, imported where there is no page', () => {
  for (const tag of TAGS) {
    it(`${tag}: the module that defines it, the pure class, and types for both`, async () => {
      await entry(`/${tag}.js`);
      const pure = await entry(`/elements/${tag}.js`);
      assert.equal(typeof pure[className(tag)], 'function');
      assert.ok(existsSync(`dist/define/${tag}.d.ts`));
      assert.ok(existsSync(`dist/elements/${tag}/${tag}.d.ts`));
    });
  }

  it('all tags at once, the phone, and the phone system', async () => {
    const all = await entry('');
    for (const tag of TAGS)
      assert.equal(typeof all[className(tag)], 'function', `src/define/all.ts exports ${tag}`);
    const { linkTelephone } = await entry('/link-telephone.js');
    assert.equal(typeof linkTelephone, 'function');
    const phone = await entry('/phone');
    assert.equal(typeof phone.createPhone, 'function');
    const system = await entry('/phone-system');
    assert.equal(typeof system.startPhoneSystem, 'function');
    const api = await entry('/api');
    assert.equal(typeof api.OzWebClient, 'function');
  });

  it('names no entry that is not there', () => {
    for (const target of Object.values(exports)) {
      const files = typeof target === 'string' ? [target] : Object.values(target);
      for (const file of files) if (!file.includes('*')) assert.ok(existsSync(file), file);
    }
  });
});
