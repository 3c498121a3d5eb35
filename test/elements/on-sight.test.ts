import { expect, fixtureSync, html } from '@open-wc/testing';
import { onSight } from '../../src/define/on-sight.js';
import { waitUntil } from '../support/wait.js';

let made = 0;

/** A tag nobody has, and how often it was asked for. */
function aTag() {
  const tag = `seen-tag-${++made}`;
  const asked = { tag, times: 0, fails: false };
  const define = () => {
    asked.times++;
    if (asked.fails) return Promise.reject(new Error('no network'));
    customElements.define(tag, class extends HTMLElement {});
    return Promise.resolve();
  };
  return { asked, tag, entry: [tag, define] as [string, () => Promise<void>] };
}

const defined = (tag: string) => waitUntil(() => customElements.get(tag), `<${tag}> is defined`);

describe('tags that are defined when a page first has them', () => {
  it('defines what is there, what comes, and what comes inside something else', async () => {
    const [there, later, nested, never] = [aTag(), aTag(), aTag(), aTag()];
    const page = fixtureSync<HTMLElement>(html`<div></div>`);
    page.append(document.createElement(there.tag));
    onSight(new Map([there.entry, later.entry, nested.entry, never.entry]))(page);
    await defined(there.tag);
    page.append(document.createElement(later.tag), document.createElement(later.tag), 'text');
    await defined(later.tag);
    const inside = document.createElement('p');
    inside.append(document.createElement(nested.tag));
    page.append(inside);
    await defined(nested.tag);
    page.append(document.createElement(later.tag));
    expect([there, later, nested, never].map(({ asked }) => asked.times)).to.deep.equal([1, 1, 1, 0]);
  });

  it('looks into a shadow root it is told of', async () => {
    const one = aTag();
    const watch = onSight(new Map([one.entry]));
    const page = fixtureSync<HTMLElement>(html`<div></div>`);
    watch(page);
    const root = page.attachShadow({ mode: 'open' });
    watch(root);
    root.append(document.createElement(one.tag));
    await defined(one.tag);
  });

  it('says when a tag cannot be loaded, and tries again with the next one', async () => {
    const one = aTag();
    one.asked.fails = true;
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => warnings.push(text);
    try {
      const page = fixtureSync<HTMLElement>(html`<div></div>`);
      onSight(new Map([one.entry]))(page);
      page.append(document.createElement(one.tag));
      await waitUntil(() => warnings.length);
      expect(warnings[0]).to.contain(`<${one.tag}>`);
      one.asked.fails = false;
      page.append(document.createElement(one.tag));
      await defined(one.tag);
    } finally {
      console.warn = warn;
    }
  });
});
