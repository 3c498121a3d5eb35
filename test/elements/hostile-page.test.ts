import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { waitUntil } from '../support/wait.js';
import { nameOf } from './calls.js';
import { ALL, usable } from './scenes.js';
import { rendered } from './tags.js';

/** What a page may do to everything on it, meaning well or not. */
const SHEETS: Record<string, string> = {
  'a reset of everything': '* { all: unset; }',
  'universal selectors': `* { margin: 30px; padding: 30px; float: left; color: #fffffe; background: #fffffd;
    font: italic 900 60px/0.3 fantasy; letter-spacing: 1em; text-transform: uppercase; border: 9px dotted lime; }`,
  'inherited nonsense': `html { color: white; font: 1px/0.1 fantasy; letter-spacing: 2em; word-spacing: 3em; text-indent: 400px;
    text-transform: uppercase; text-align: right; white-space: pre; visibility: hidden; cursor: none; pointer-events: none;
    text-shadow: 0 0 9px red; list-style: square; user-select: none; line-height: 0; quotes: none; }`,
  'a tiny root font': 'html { font-size: 1px; }',
  'a huge root font': 'html { font-size: 90px; }',
  'form and table rules': `button, input, select, label { appearance: none; display: none; width: 0; font-size: 0; }
    table, tr, td, th, tbody { display: inline; border: 0; font-size: 0; } svg { display: none; } p, h2, ul, li { display: none; }`,
};

/** The elements in a tag's shadow root that show text of their own. */
function texts(tag: Element): HTMLElement[] {
  return [...tag.shadowRoot!.querySelectorAll<HTMLElement>('*')].filter(
    (element) =>
      !element.closest('.visually-hidden, .said, style, option') &&
      element.checkVisibility({ visibilityProperty: true }) &&
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue!.trim()),
  );
}

/** Whether a press in the middle of it reaches it, once it is in view. */
function canBePressed(tag: Element, control: HTMLElement): boolean {
  control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const { width, height, left, top } = control.getBoundingClientRect();
  const hit = tag.shadowRoot!.elementFromPoint(left + width / 2, top + height / 2);
  // A text that the page put into a button belongs to the tag itself; a switch is drawn by its label.
  return control.contains(hit) || hit === tag || !!control.closest('label')?.contains(hit);
}

describe('a page with a hostile style sheet', () => {
  let sheet: CSSStyleSheet;

  before(() => setViewport({ width: 1000, height: 900 }));
  beforeEach(() => {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
  });
  afterEach(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });

  for (const [name, { show, words }] of ALL)
    it(`${name} is read and used as before`, async () => {
      const { tag, host } = await show();
      host.style.cssText =
        'position: absolute; inset: 0 auto auto 0; inline-size: 600px; margin: 0; padding: 0';
      // What a tag loads may come after its scene: all of it belongs to what is compared.
      await waitUntil(() => words.test(tag.shadowRoot!.textContent), `it says ${words}`);
      await rendered(tag);
      const before = texts(tag);
      const controls = usable(tag).length;
      for (const [kind, css] of Object.entries(SHEETS)) {
        sheet.replaceSync(css);
        await rendered(tag);
        expect(tag.shadowRoot!.textContent, kind).to.match(words);
        const seen = texts(tag);
        if (before.length) expect(seen, kind).to.not.be.empty;
        // Margins and paddings take room, and some texts stand elsewhere then; rows out of sight may be gone.
        if (!css.includes('padding'))
          expect(seen, `${kind}: all is seen`).to.include.members(before.filter((one) => one.isConnected));
        for (const element of seen) {
          const style = getComputedStyle(element);
          const which = `${kind}: ${element.localName}.${element.className}`;
          expect(parseFloat(style.fontSize), which).to.be.within(10, 36);
          expect(parseFloat(style.lineHeight) || 20, which).to.be.at.least(10);
          expect(style.letterSpacing, which).to.be.oneOf(['normal', '1.2px', '0px']);
          expect(style.wordSpacing, which).to.equal('0px');
          expect(style.textIndent, which).to.equal('0px');
          expect(style.textTransform, which).to.equal('none');
          expect(style.textShadow, which).to.equal('none');
          expect(style.fontStyle, which).to.equal('normal');
          expect(style.color, which).to.not.be.oneOf(['rgb(255, 255, 254)', style.backgroundColor]);
        }
        if (controls) expect(usable(tag), `${kind}: it can be used`).to.not.be.empty;
        for (const control of usable(tag)) {
          const { width, height } = control.getBoundingClientRect();
          const which = `${kind}: ${nameOf(control)}`;
          if (!control.matches('[type=checkbox]')) expect(Math.min(width, height), which).to.be.at.least(24);
          expect(canBePressed(tag, control), `${which} can be pressed`).to.equal(true);
        }
      }
    });
});
