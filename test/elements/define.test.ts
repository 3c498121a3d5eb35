import { expect } from '@open-wc/testing';
import { define } from '../../src/define/define.js';
import * as kit from '../../src/define/all.js';

/** Every class of the kit, by the tag that is named as it is. */
const TAGS = Object.fromEntries(
  Object.entries(kit)
    .filter(([name]) => /^Ozeki\w+$/.test(name))
    .map(([name, element]) => [name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase(), element]),
);

describe('the registration of the tags', () => {
  for (const [tag, element] of Object.entries(TAGS)) {
    it(`defines <${tag}> by its class`, () => {
      expect(customElements.get(tag)).to.equal(element);
    });
  }

  it('leaves a tag that the same version defined already', () => {
    expect(warningsOf(() => define('ozeki-client', class extends kit.OzekiClient {}))).to.deep.equal([]);
    expect(customElements.get('ozeki-client')).to.equal(kit.OzekiClient);
  });

  it('warns when another library has the tag', () => {
    customElements.define('taken-tag', class extends HTMLElement {});
    const [warning] = warningsOf(() => define('taken-tag', class extends HTMLElement {}));
    expect(warning).to.match(/<taken-tag> is already defined by another library/);
  });
});

function warningsOf(act: () => void): string[] {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text: string) => warnings.push(text);
  try {
    act();
  } finally {
    console.warn = warn;
  }
  return warnings;
}
