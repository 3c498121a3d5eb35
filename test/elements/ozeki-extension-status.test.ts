import { expect, fixtureSync, html } from '@open-wc/testing';
import '../../src/define/ozeki-extension-status.js';
import type { OzekiExtensionStatus } from '../../src/elements/ozeki-extension-status/ozeki-extension-status.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { Extension, PhoneState } from '../../src/phone/state.js';
import { SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const anExtension = (id: string, name: string, status: Extension['status']): Extension => ({
  id,
  name,
  status,
  kind: 'extension',
  type: 'Webphone',
});
const FRONT = anExtension('1001', 'Front desk', 'busy');
const SALES = anExtension('1002', 'Sales', 'idle');
const SUPPORT = anExtension('1003', 'Support', 'ringing');
const SUPERVISOR = anExtension('1004', 'Supervisor', 'offline');
const LINE: Extension = { ...anExtension('website', 'Website', 'idle'), kind: 'line' };
const ALL: PhoneState = { ...SIGNED_IN, extensions: [FRONT, SALES, SUPPORT, SUPERVISOR, LINE] };

const tiles = (tag: Element) => [...tag.shadowRoot!.querySelectorAll<HTMLButtonElement>('button')];
const tile = (tag: Element, id: string) => tiles(tag).find((button) => button.textContent.includes(id))!;
const words = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const news = (tag: Element) => words(inside(tag, '.visually-hidden[role="status"]'));

const status = (attributes = '', state = ALL) =>
  withPhone<OzekiExtensionStatus>(`<ozeki-extension-status ${attributes}></ozeki-extension-status>`, state);

describe('<ozeki-extension-status>', () => {
  it('shows all extensions, in words and shapes', async () => {
    const { tag } = await status();
    expect(tiles(tag).map(words)).to.deep.equal([
      '1001 This phone Front desk · Busy',
      '1002 Sales · Idle Call',
      '1003 Support · Ringing Pick up',
      '1004 Supervisor · Offline',
    ]);
    const shapes = tiles(tag).map((button) => {
      const { borderRadius, rotate, backgroundColor } = getComputedStyle(button.querySelector('.dot')!);
      return `${borderRadius} ${rotate} ${backgroundColor === 'rgba(0, 0, 0, 0)' ? 'hollow' : 'filled'}`;
    });
    expect(new Set(shapes).size, shapes.join()).to.equal(4);
    await expect(tag).to.be.accessible();
  });

  for (const [extension, word] of [
    [FRONT, 'busy'],
    [SALES, 'idle'],
    [SUPPORT, 'ringing'],
    [SUPERVISOR, 'offline'],
  ] as const) {
    it(`shows one that is ${word}`, async () => {
      const { tag } = await status(`extension="${extension.id}"`);
      expect(tiles(tag)).to.have.length(1);
      expect(words(tiles(tag)[0]!).toLowerCase()).to.include(word);
      expect(tag).to.match(`:state(${word})`);
      await expect(tag).to.be.accessible();
    });
  }

  it('follows the phone system', async () => {
    const { tag, fake } = await status('extension="1002"');
    expect(news(tag)).to.equal('1002 Sales: Idle');
    fake.set({ extensions: [{ ...SALES, status: 'busy' }] });
    await rendered(tag);
    expect(words(tiles(tag)[0]!)).to.include('Busy');
    expect(news(tag)).to.equal('1002 Sales: Busy');
    expect(tag).to.match(':state(busy)');
  });

  it('of many, says aloud only what can be picked up', async () => {
    const { tag, fake } = await status();
    expect(news(tag)).to.equal('1003 Support: Ringing');
    fake.set({ extensions: [FRONT, { ...SALES, status: 'busy' }, { ...SUPPORT, status: 'idle' }] });
    await rendered(tag);
    expect(news(tag)).to.equal('');
  });

  it('calls on a click, after it asked the page', async () => {
    const { tag, fake, host } = await status();
    const asked: unknown[] = [];
    host.addEventListener('ozeki-dial', (event) => asked.push(event.detail, fake.commands.length));
    tile(tag, '1002').click();
    expect(asked).to.deep.equal([{ number: '1002', video: false }, 0]);
    expect(fake.commands).to.deep.equal([['dial', '1002']]);
  });

  it('picks up a ringing one, after it asked the page', async () => {
    const { tag, fake, host } = await status();
    const asked: unknown[] = [];
    host.addEventListener('ozeki-pick-up', (event) => asked.push(event.detail, fake.commands.length));
    tile(tag, '1003').click();
    expect(asked).to.deep.equal([{ extension: '1003' }, 0]);
    expect(fake.commands).to.deep.equal([['pickUp', '1003']]);
  });

  it('does nothing when the page prevents it', async () => {
    const { tag, fake, host } = await status();
    host.addEventListener('ozeki-dial', (event) => event.preventDefault());
    host.addEventListener('ozeki-pick-up', (event) => event.preventDefault());
    tile(tag, '1002').click();
    tile(tag, '1003').click();
    expect(fake.commands).to.be.empty;
  });

  for (const [lacks, differences] of [
    ['the privilege', { identity: { ...SIGNED_IN.identity!, privileges: [] } }],
    ['the capability', { capabilities: { ...SIGNED_IN.capabilities!, pickup: false } }],
  ] as const) {
    it(`calls a ringing one without ${lacks} to pick up`, async () => {
      const { tag, fake } = await status('', { ...ALL, ...differences } as PhoneState);
      expect(words(tile(tag, '1003'))).to.not.include('Pick up');
      expect(news(tag)).to.equal('');
      tile(tag, '1003').click();
      expect(fake.commands).to.deep.equal([['dial', '1003']]);
    });
  }

  for (const [id, why] of [
    ['1001', 'this phone itself'],
    ['1004', 'nobody who is there'],
  ] as const) {
    it(`calls not ${why}`, async () => {
      const { tag, fake } = await status();
      expect(tile(tag, id)).to.have.attribute('aria-disabled', 'true');
      expect(tile(tag, id).disabled).to.be.false;
      tile(tag, id).click();
      expect(fake.commands).to.be.empty;
    });
  }

  it('says what went wrong', async () => {
    const { tag, fake } = await status();
    fake.answer = () => Promise.reject(new PhoneError('wrong-state', 'x'));
    tile(tag, '1003').click();
    const message = inside(tag, '[part~="message"]');
    await waitUntil(() => words(message) !== '');
    expect(words(message)).to.equal('That cannot be done with this call now.');
    await expect(tag).to.be.accessible();
  });

  it('shows an outside line only by name, and calls it not', async () => {
    const { tag } = await status('extension="website"');
    expect(words(tiles(tag)[0]!)).to.equal('website Website · Idle');
    expect(tiles(tag)[0]).to.have.attribute('aria-disabled', 'true');
  });

  for (const [name, attributes, state, sentence] of [
    ['an unknown extension', 'extension="4711"', ALL, '4711 Unknown extension'],
    ['nothing to show', '', SIGNED_IN, 'Extensions No extensions to show.'],
    ['no connection', '', SIGNED_OUT, 'Extensions Not connected to the phone system.'],
    ['no connection, for one', 'extension="1002"', SIGNED_OUT, '1002 Offline'],
  ] as const) {
    it(`has a state for ${name}`, async () => {
      const { tag } = await status(attributes, state);
      expect(shown(tag)).to.equal(sentence);
      expect(tag).to.match(':state(empty)');
      await expect(tag).to.be.accessible();
    });
  }

  it('is accessible in the dark', async () => {
    const { tag, host } = await status();
    host.style.colorScheme = 'dark';
    await expect(tag).to.be.accessible();
  });

  it('is mirrored from right to left', async () => {
    const { tag, host } = await status('extension="1002"');
    host.dir = 'rtl';
    const left = (selector: string) => inside(tag, selector).getBoundingClientRect().left;
    expect(left('.dot')).to.be.above(left('small'));
  });

  for (const width of [240, 640, 1000]) {
    it(`fits into ${width} px`, async () => {
      const { tag, host } = await status();
      host.style.width = `${width}px`;
      const base = inside(tag, '.base');
      expect(base.scrollWidth).to.be.at.most(base.clientWidth);
    });
  }

  it('is made by createElement, and changes with its attribute', async () => {
    const { tag: other, host } = await status();
    other.remove();
    const tag = document.createElement('ozeki-extension-status');
    host.append(tag);
    await tag.updateComplete;
    expect(tiles(tag)).to.have.length(4);
    tag.setAttribute('extension', '1003');
    await tag.updateComplete;
    expect(tiles(tag)).to.have.length(1);
  });

  it('lets go of the phone when it leaves', async () => {
    const { tag, fake, host } = await status();
    expect(fake.listenerCount).to.equal(1);
    tag.remove();
    expect(fake.listenerCount).to.equal(0);
    fixtureSync<HTMLElement>(html`<div></div>`).append(tag);
    await rendered(tag);
    expect(shown(tag)).to.include('Not connected');
    host.append(tag);
    expect(fake.listenerCount).to.equal(1);
  });
});
