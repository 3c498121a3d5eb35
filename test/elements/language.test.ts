import { expect } from '@open-wc/testing';
import '../../src/define/ozeki-call.js';
import '../../src/define/ozeki-dialpad.js';
import '../../src/define/ozeki-session-list.js';
import type { OzekiDialpad } from '../../src/elements/ozeki-dialpad/ozeki-dialpad.js';
import type { OzekiCall } from '../../src/elements/ozeki-call/ozeki-call.js';
import { registerTexts } from '../../src/elements/text/language.js';
import { aCall } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

/** What the call button says in each language. */
const CALL = {
  en: 'Call',
  de: 'Anrufen',
  fr: 'Appeler',
  es: 'Llamar',
  it: 'Chiama',
  pt: 'Ligar',
  nl: 'Bellen',
  hu: 'Hívás',
  pl: 'Zadzwoń',
  tr: 'Ara',
  ar: 'اتصال',
  ja: '発信',
};

describe('the language of a tag', () => {
  const call = (tag: Element) => inside(tag, '[part~="call-button"]').textContent.trim();
  const speaks = (tag: Element, language: keyof typeof CALL) =>
    waitUntil(() => call(tag) === CALL[language], `it speaks ${language}`);

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

  for (const language of Object.keys(CALL) as (keyof typeof CALL)[]) {
    it(`can be ${language}, in English until that is loaded`, async () => {
      const { tag, host } = await withPhone<OzekiDialpad>(
        `<ozeki-dialpad lang="${language}"></ozeki-dialpad>`,
      );
      await speaks(tag, language);
      host.style.width = '240px';
      await rendered(tag);
      const base = inside(tag, '.base');
      expect(base.scrollWidth, 'it fits').to.be.at.most(base.clientWidth);
      await expect(tag).to.be.accessible();
    });
  }

  it('changes with the lang of the tag, and of what is around it', async () => {
    const { tag, host } = await withPhone<OzekiDialpad>('<ozeki-dialpad lang="de"></ozeki-dialpad>');
    await speaks(tag, 'de');
    tag.lang = 'fr';
    await speaks(tag, 'fr');
    tag.removeAttribute('lang');
    await speaks(tag, 'en');
    host.lang = 'hu-HU';
    await speaks(tag, 'hu');
    host.removeAttribute('lang');
    await speaks(tag, 'en');
  });

  it('changes inside the shadow root of a page', async () => {
    const { tag, host } = await withPhone<OzekiDialpad>('<ozeki-dialpad></ozeki-dialpad>');
    const outer = document.createElement('div');
    const around = document.createElement('div');
    outer.attachShadow({ mode: 'open' }).append(around);
    host.append(outer);
    around.append(tag);
    around.lang = 'nl';
    await speaks(tag, 'nl');
    around.removeAttribute('lang');
    outer.lang = 'it';
    await speaks(tag, 'it');
  });

  it('is read from right to left where it is written so, unless the page says otherwise', async () => {
    const { tag, host } = await withPhone<OzekiDialpad>('<ozeki-dialpad lang="ar"></ozeki-dialpad>');
    const direction = () => getComputedStyle(inside(tag, '.base')).direction;
    await speaks(tag, 'ar');
    expect(direction()).to.equal('rtl');
    expect(inside(tag, '.row').matches(':dir(rtl)')).to.equal(true);
    const [left, right] = [inside(tag, '[part~="video-button"]'), inside(tag, '[part~="call-button"]')].map(
      (button) => button.getBoundingClientRect().left,
    );
    expect(left).to.be.below(right!);
    await expect(tag).to.be.accessible();
    host.dir = 'ltr';
    await waitUntil(() => direction() === 'ltr');
    host.removeAttribute('dir');
    await waitUntil(() => direction() === 'rtl');
    tag.lang = 'en';
    await speaks(tag, 'en');
    await waitUntil(() => direction() === 'ltr');
  });

  it('says that its words are English where the page is in a language it does not speak', async () => {
    const { tag } = await withPhone<OzekiDialpad>('<ozeki-dialpad lang="sv"></ozeki-dialpad>');
    await waitUntil(() => inside(tag, '.base').lang === 'en');
    expect(call(tag)).to.equal('Call');
    tag.lang = 'de';
    await speaks(tag, 'de');
    expect(inside(tag, '.base').hasAttribute('lang')).to.equal(false);
  });

  it('reaches the parts that are loaded later, and what went wrong', async () => {
    const { tag, fake } = await withPhone<OzekiCall>('<ozeki-call lang="de"></ozeki-call>');
    await waitUntil(() => shown(tag).includes('Kein Anruf'));
    fake.setCalls(aCall({ state: 'ended', endedAt: Date.now(), endReason: 'busy' }));
    await waitUntil(() => shown(tag).includes('Der Anschluss ist besetzt.'));
    await waitUntil(() => shown(tag).includes('Erneut anrufen'));
  });

  it('bears a quality to show in a lang that is none', async () => {
    const { tag, fake } = await withPhone<OzekiCall>('<ozeki-call lang="not a language!"></ozeki-call>');
    fake.setCalls(aCall());
    await waitUntil(() => shown(tag).includes('MOS 4.3'));
  });
});
