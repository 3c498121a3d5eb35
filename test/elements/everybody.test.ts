/** What holds for every tag in every state, for people with any device, any sight and any hand. */
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect, nextFrame } from '@open-wc/testing';
import { emulateMedia, executeServerCommand, sendKeys, setViewport } from '@web/test-runner-commands';
import { nameOf } from './calls.js';
import { ALL, usable } from './scenes.js';
import { rendered, still } from './tags.js';
import { waitUntil } from '../support/wait.js';

const CHROMIUM = !navigator.userAgent.includes('Firefox');

/** What a press has to hit: a box to tick with its label. */
function target(control: HTMLElement): DOMRect {
  return (
    control.matches('[type=checkbox]') ? (control.closest('label') ?? control) : control
  ).getBoundingClientRect();
}

/** The box that cuts an element off at its side, if one does without a way to scroll there. */
function cutBy(element: Element, tag: Element): string | null {
  const { left, right, width } = element.getBoundingClientRect();
  if (!width) return null;
  for (let around = element.parentElement; around && around !== tag; around = around.parentElement) {
    const { overflowX, clipPath } = getComputedStyle(around);
    if (clipPath !== 'none') return null;
    if (overflowX !== 'hidden' && overflowX !== 'clip') continue;
    const box = around.getBoundingClientRect();
    if (left < box.left - 1 || right > box.right + 1) return `${around.localName}.${around.className}`;
  }
  return null;
}

/** The colours for texts that somebody forces. */
function systemColors(): string[] {
  const probe = document.body.appendChild(document.createElement('i'));
  const colors = ['CanvasText', 'ButtonText', 'LinkText', 'GrayText', 'HighlightText', 'FieldText'].map(
    (name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    },
  );
  probe.remove();
  return colors;
}

const { axe } = window as unknown as {
  readonly axe: { run(within: Element, options: RunOptions): Promise<AxeResults> };
};

/** What people could not perceive or use, by the rules of axe. */
async function barriers(tag: Element, options: RunOptions = {}): Promise<string[]> {
  const { violations } = await axe.run(tag, { resultTypes: ['violations'], ...options });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** The style sheet of a theme. */
async function themeSheet(name: string): Promise<CSSStyleSheet> {
  const file = await fetch(new URL(`../../src/style-sheets/themes/${name}.css`, import.meta.url));
  return new CSSStyleSheet().replace(await file.text());
}

/** What an element, what is in it and the field it stands in look like: some draw their state there. */
function looks(element: Element): string {
  const drawn = [element, ...element.querySelectorAll('*')];
  if (element.parentElement) drawn.push(element.parentElement);
  return drawn
    .map((one) => {
      const { backgroundColor, color, border, outline, fontWeight } = getComputedStyle(one);
      return [backgroundColor, color, border, outline, fontWeight].join();
    })
    .join('; ');
}

describe('every tag, in every state', () => {
  let square: CSSStyleSheet;
  before(async () => {
    await setViewport({ width: 1000, height: 900 });
    square = await themeSheet('square');
  });
  after(() => setViewport({ width: 800, height: 600 }));
  afterEach(() => {
    document.adoptedStyleSheets = [];
    document.documentElement.style.colorScheme = '';
  });

  for (const [name, { show, opened }] of ALL) {
    describe(name, () => {
      // By the tree and the computed colours, which no browser makes different ones of.
      (CHROMIUM ? it : it.skip)('can be perceived and used, and read in themes', async () => {
        const { tag } = await show();
        await still(tag);
        expect(await barriers(tag)).to.deep.equal([]);
        // Every pair of colours of every theme is computed elsewhere; here is what the tags make of some.
        for (const [scheme, ...sheets] of [['dark'], ['light', square]] as const) {
          document.documentElement.style.colorScheme = scheme;
          document.adoptedStyleSheets = sheets;
          const unread = await barriers(tag, { runOnly: ['color-contrast'] });
          expect(unread, scheme).to.deep.equal([]);
        }
      });

      it('has targets of 24 pixels and more, and fits where a page is magnified to 400 %: nothing scrolls sideways or is cut', async () => {
        const { tag, host } = await show();
        for (const width of [1000, 320, 240, 200, 120]) {
          host.style.cssText = `inline-size: ${width}px`;
          await setViewport({ width, height: 900 });
          await rendered(tag);
          await nextFrame();
          expect(host.scrollWidth, `the page scrolls at ${width}`).to.be.at.most(host.clientWidth);
          // Below, where two buttons are wider than the tag, it scrolls in itself.
          if (width >= 200)
            for (const part of tag.shadowRoot!.querySelectorAll('*'))
              if (getComputedStyle(part).overflowX === 'auto')
                expect(part.scrollWidth, `${part.className} scrolls at ${width}`).to.be.at.most(
                  part.clientWidth,
                );
          for (const control of usable(tag)) {
            const { width: across, height } = target(control);
            if (width >= 200)
              expect(Math.min(across, height), `${nameOf(control)} at ${width}`).to.be.at.least(24);
            expect(cutBy(control, tag), `${nameOf(control)} at ${width}`).to.equal(null);
          }
        }
        await setViewport({ width: 1000, height: 900 });
      });

      // Only Chromium can be told.
      (CHROMIUM ? it : it.skip)('does not move for those who want no motion', async () => {
        await emulateMedia({ reducedMotion: 'reduce' });
        try {
          const { tag } = await show();
          expect(matchMedia('(prefers-reduced-motion: reduce)').matches).to.equal(true);
          const moving = tag
            .shadowRoot!.getAnimations()
            .filter(({ effect }) => Number(effect!.getComputedTiming().activeDuration) > 1);
          expect(moving).to.be.empty;
        } finally {
          await emulateMedia({ reducedMotion: 'no-preference' });
        }
      });

      (CHROMIUM ? it : it.skip)('can be used in the colours that somebody forces', async () => {
        await executeServerCommand('force-colors', 'active');
        try {
          const { tag } = await show();
          await still(tag);
          expect(matchMedia('(forced-colors: active)').matches, 'colours are forced').to.equal(true);
          const system = systemColors();
          for (const control of usable(tag).filter((one) => one.localName === 'button')) {
            const { color, backgroundColor } = getComputedStyle(control);
            expect(color, nameOf(control)).to.be.oneOf(system).and.not.equal(backgroundColor);
            const says = ['aria-pressed', 'aria-selected', 'aria-checked', 'aria-expanded'].filter(
              (name) => control.getAttribute(name) === 'true',
            );
            if (says.some((name) => name !== 'aria-expanded')) {
              const before = looks(control);
              const on = [control, ...control.querySelectorAll('*')].filter((one) => one.matches('.on'));
              for (const one of on) one.classList.remove('on');
              for (const name of says) control.setAttribute(name, 'false');
              await still(tag);
              expect(looks(control), `${nameOf(control)} is seen to be chosen`).to.not.equal(before);
              for (const name of says) control.setAttribute(name, 'true');
              for (const one of on) one.classList.add('on');
            }
            for (const shape of control.querySelectorAll('svg')) {
              const { stroke } = getComputedStyle(shape);
              expect(stroke, `the icon of ${nameOf(control)}`).to.be.oneOf(system);
              expect(stroke, `the icon of ${nameOf(control)}`).to.not.equal(backgroundColor);
            }
          }
          // Everything with a state of its own is drawn, and the focus is seen wherever it is.
          for (const dot of tag.shadowRoot!.querySelectorAll('.dot')) {
            const { borderStyle, borderColor } = getComputedStyle(dot);
            expect(borderStyle).to.equal('solid');
            expect(borderColor).to.be.oneOf(system);
          }
          await sendKeys({ press: 'Shift' });
          for (const control of usable(tag)) {
            (document.activeElement as HTMLElement | null)?.blur();
            const before = looks(control);
            control.focus();
            if (tag.shadowRoot!.activeElement !== control) continue;
            // A field has a caret, too.
            if (control.matches('button, [tabindex]'))
              expect(looks(control), `the focus on ${nameOf(control)}`).to.not.equal(before);
          }
        } finally {
          await executeServerCommand('force-colors', 'none');
        }
      });

      if (opened)
        it('closes by Escape what was opened, and goes on where it was opened', async () => {
          const { tag } = await show();
          await waitUntil(() => tag.shadowRoot!.activeElement, 'the focus is in what was opened');
          await sendKeys({ press: 'Escape' });
          await waitUntil(
            () => !tag.shadowRoot!.querySelector(opened.part)?.checkVisibility(),
            `${opened.part} is closed`,
          );
          const back = () => {
            const at = tag.shadowRoot!.activeElement;
            return at && nameOf(at) === opened.by;
          };
          await waitUntil(back, `the focus is on ${opened.by}`);
        });
    });
  }
});
