import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import '../../src/define/all.js';
import type { PhoneState } from '../../src/phone/state.js';
import { aCall, SIGNED_IN } from '../support/fake-phone.js';
import { rendered, withPhone } from './tags.js';

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

const STATE: PhoneState = {
  ...SIGNED_IN,
  calls: [aCall()],
  extensions: [
    { id: '1002', name: 'Sales', kind: 'extension', type: 'Webphone', status: 'busy' },
    { id: '1003', name: 'Support', kind: 'extension', type: 'Webphone', status: 'idle' },
  ],
  sessions: [
    {
      ...{ id: 's1', masterId: 's1', state: 'InCall', direction: 'Internal', caller: '1001', callee: '1002' },
      ...{ callerName: 'Front desk', calleeName: 'Sales', callerLegId: '', calleeLegId: '', source: '' },
      ...{ sourceType: '', destination: '', destinationType: '', dialedNumber: '', stateSince: 0 },
      ...{ startedAt: Date.now(), talk: { ms: 60_000, since: null } },
    } as PhoneState['sessions'][number],
  ],
};

/** Tags with something to read and to press, and a text each of them shows. */
const TAGS: Record<string, RegExp> = {
  '<ozeki-dialpad></ozeki-dialpad>': /Call/,
  '<ozeki-call></ozeki-call>': /Hang up/,
  '<ozeki-session-list></ozeki-session-list>': /In call/,
  '<ozeki-extension-status></ozeki-extension-status>': /Support/,
  '<ozeki-call-button number="1002">Phone us</ozeki-call-button>': /Call|Phone us/,
};

/** The elements in a tag's shadow root that show text of their own. */
function texts(tag: Element): HTMLElement[] {
  return [...tag.shadowRoot!.querySelectorAll<HTMLElement>('*')].filter(
    (element) =>
      !element.closest('.visually-hidden, style, [hidden]') &&
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue!.trim()),
  );
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

  for (const [kind, css] of Object.entries(SHEETS))
    for (const [markup, words] of Object.entries(TAGS))
      it(`${kind}: ${/[\w-]+/.exec(markup)![0]} is read and used as before`, async () => {
        sheet.replaceSync(css);
        const { tag, host } = await withPhone<LitElement>(markup, STATE);
        host.style.cssText =
          'position: absolute; inset: 0 auto auto 0; inline-size: 600px; margin: 0; padding: 0';
        await rendered(tag);
        expect(tag.shadowRoot!.textContent).to.match(words);
        expect(tag.getBoundingClientRect().width).to.be.above(60);
        for (const element of texts(tag)) {
          const style = getComputedStyle(element);
          const name = `${element.localName}.${element.className}`;
          expect(parseFloat(style.fontSize), name).to.be.within(10, 30);
          expect(style.visibility, name).to.equal('visible');
          expect(style.letterSpacing, name).to.be.oneOf(['normal', '1.2px', '0px']);
          expect(style.textTransform, name).to.equal('none');
          expect(style.fontStyle, name).to.equal('normal');
          expect(style.color, name).to.not.equal('rgb(255, 255, 254)');
        }
        const buttons = [...tag.shadowRoot!.querySelectorAll('button')];
        for (const button of buttons) {
          const { width, height, left, top } = button.getBoundingClientRect();
          expect(Math.min(width, height), button.textContent.trim()).to.be.at.least(24);
          const hit = tag.shadowRoot!.elementFromPoint(left + width / 2, top + height / 2);
          // A text that the page put into a button belongs to the tag itself.
          expect(button.contains(hit) || hit === tag, `${button.textContent.trim()} can be pressed`).to.equal(
            true,
          );
        }
      });
});
