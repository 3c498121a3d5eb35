import { expect, fixtureSync, html } from '@open-wc/testing';
import { linkTelephone } from '../../src/define/link-telephone.js';
import { FakePhone } from '../support/fake-phone.js';
import { providePhone } from '../support/provide-phone.js';
import { TestClient } from './tags.js';
import { waitUntil } from '../support/wait.js';

const PAGE = `
  <p><a href="tel:+36-1-371-0150">Office</a>, <a href="tel:1002;phone-context=example.com">Sales</a></p>
  <p class="tel">06 1 371 0151</p>
  <span itemprop="telephone"><b>+1</b> 202 555 0101</span>
  <p itemprop="telephone">by post only</p>
  <p class="tel"><a href="https://example.com">06 1 371 0152</a></p>`;

/** A part of a page, with a phone around it. */
function page(markup = PAGE) {
  const fake = new FakePhone();
  const host = fixtureSync<HTMLElement>(html`<div></div>`);
  providePhone(host, fake);
  host.innerHTML = markup;
  return { host, fake };
}

const dialled = (fake: FakePhone) => fake.commands.map(([, number]) => number);
const links = (host: Element) => [...host.querySelectorAll<HTMLAnchorElement>('a[href^="tel:"]')];

describe('linkTelephone', () => {
  it('makes links and marked-up numbers call with the client around them', async () => {
    const { host, fake } = page();
    const undo = await linkTelephone(host, { country: 'HU' });
    expect(links(host).map((link) => link.getAttribute('href'))).to.deep.equal([
      'tel:+36-1-371-0150',
      'tel:1002;phone-context=example.com',
      'tel:+3613710151',
      'tel:+12025550101',
    ]);
    for (const link of links(host)) link.click();
    expect(dialled(fake)).to.deep.equal(['+3613710150', '1002', '+3613710151', '+12025550101']);
    undo();
  });

  it('puts everything as it was', async () => {
    for (const options of [{ country: 'HU' }, { country: 'HU', line: 'website' }] as const) {
      const { host, fake } = page();
      const before = host.innerHTML;
      const bold = host.querySelector('b');
      const undo = await linkTelephone(host, options);
      expect(host.innerHTML).to.not.equal(before);
      undo();
      expect(host.innerHTML).to.equal(before);
      expect(host.querySelector('b'), 'the very same nodes').to.equal(bold);
      links(host)[0]!.addEventListener('click', (event) => event.preventDefault());
      links(host)[0]!.click();
      expect(fake.commands).to.deep.equal([]);
      undo();
    }
  });

  it('makes call buttons of an outside line', async () => {
    const { host } = page();
    const undo = await linkTelephone(host, {
      country: 'HU',
      line: 'website',
      server: 'pbx.example',
      video: true,
    });
    const buttons = [...host.querySelectorAll('ozeki-call-button')];
    expect(buttons.map(({ number }) => number)).to.deep.equal([
      '+3613710150',
      '1002',
      '+3613710151',
      '+12025550101',
    ]);
    const [first] = buttons;
    expect([first!.line, first!.server, first!.video, first!.textContent]).to.deep.equal([
      'website',
      'pbx.example',
      true,
      'Office',
    ]);
    await first!.updateComplete;
    await expect(first).to.be.accessible();
    undo();
  });

  it('does the same with what comes later, when it is told to', async () => {
    const { host } = page('<p></p>');
    const undo = await linkTelephone(host, { line: 'website', observe: true });
    host.firstElementChild!.innerHTML = '<i><a href="tel:1003">Support</a></i>';
    await waitUntil(() => host.querySelector('ozeki-call-button'));
    expect(host.querySelectorAll('ozeki-call-button')).to.have.length(1);
    undo();
    expect(host.innerHTML).to.equal('<p><i><a href="tel:1003">Support</a></i></p>');
    host.firstElementChild!.innerHTML = '<a href="tel:1004">Supervisor</a>';
    await new Promise((resolve) => setTimeout(resolve));
    expect(host.querySelector('ozeki-call-button')).to.equal(null);
  });

  it('leaves a click to the page that wants it, to the browser, and to a page without a phone', async () => {
    const { host, fake } = page();
    const undo = await linkTelephone(host);
    const [link] = links(host);
    const clicks: boolean[] = [];
    // Seen last; the browser would open its own program for telephone numbers.
    const last = (event: Event) => {
      clicks.push(event.defaultPrevented);
      event.preventDefault();
    };
    window.addEventListener('click', last);
    try {
      link!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
      expect(fake.commands).to.deep.equal([]);
      host.addEventListener('ozeki-dial', (event) => event.preventDefault(), { once: true });
      link!.click();
      expect(fake.commands).to.deep.equal([]);
      document.body.append(link!);
      const stop = await linkTelephone(document.body);
      link!.click();
      stop();
      link!.remove();
      expect(clicks).to.deep.equal([false, true, false]);
    } finally {
      window.removeEventListener('click', last);
      undo();
    }
  });

  it('calls with the client that is named', async () => {
    const client = new TestClient();
    client.id = 'crm';
    document.body.append(client);
    const { host, fake } = page();
    const undo = await linkTelephone(host, { client: 'crm', video: true });
    links(host)[0]!.click();
    expect(fake.commands).to.deep.equal([]);
    expect(client.fake.commands.at(-1)).to.deep.equal(['dial', '+3613710150', { video: true }]);
    undo();
    client.remove();
  });
});
