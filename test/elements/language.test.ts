import { expect } from '@open-wc/testing';
import '../../src/define/ozeki-dialpad.js';
import { registerTexts } from '../../src/elements/text/language.js';
import { inside, rendered, withPhone } from './tags.js';

describe('the language of a tag', () => {
  const call = (tag: Element) => inside(tag, '[part~="call-button"]').textContent.trim();

  it('is the nearest lang around it, shadow roots included, with English for what is missing', async () => {
    registerTexts('xx', { call: 'Anrop' });
    const { tag, host } = await withPhone('<ozeki-dialpad></ozeki-dialpad>');
    expect(call(tag)).to.equal('Call');
    const outer = document.createElement('div');
    outer.lang = 'xx-YY';
    const inner = document.createElement('div');
    inner.attachShadow({ mode: 'open' }).append(tag);
    outer.append(inner);
    host.append(outer);
    tag.requestUpdate();
    await rendered(tag);
    expect(call(tag)).to.equal('Anrop');
    expect(inside(tag, 'input').getAttribute('aria-label')).to.equal('Number');
  });

  it('renders again when texts come, and when the page changes its language', async () => {
    const { tag } = await withPhone('<ozeki-dialpad></ozeki-dialpad>');
    const before = document.documentElement.lang;
    try {
      document.documentElement.lang = 'yy';
      registerTexts('yy', { call: 'Later' });
      await rendered(tag);
      expect(call(tag)).to.equal('Later');
      document.documentElement.lang = 'en';
      await rendered(tag);
      expect(call(tag)).to.equal('Call');
    } finally {
      document.documentElement.lang = before;
    }
  });

  it('bears a lang that is none', async () => {
    const { tag } = await withPhone('<ozeki-dialpad lang="not a language!"></ozeki-dialpad>');
    expect(call(tag)).to.equal('Call');
  });
});
