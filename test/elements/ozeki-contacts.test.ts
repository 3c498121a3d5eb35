import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-contacts.js';
import type { OzekiContacts, SuppliedContact } from '../../src/elements/ozeki-contacts/ozeki-contacts.js';
import type { User } from '../../src/phone/control/control.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { Extension, PhoneState } from '../../src/phone/state.js';
import { SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const extension = (id: string, name: string, status: Extension['status'] = 'idle'): Extension => ({
  ...{ id, name, status },
  ...{ kind: 'extension', type: 'Webphone' },
});
const EXTENSIONS = [
  extension('1001', 'Front desk', 'busy'),
  extension('1002', 'Sales'),
  extension('1003', 'Support', 'ringing'),
  extension('1004', 'Ábel', 'offline'),
  { ...extension('web', 'Website'), kind: 'line' as const },
];
const STATE: PhoneState = { ...SIGNED_IN, extensions: EXTENSIONS };
const user = (id: string, fullName: string, differences: Partial<User> = {}): User => ({
  ...{ id, fullName, emailAddress: '', phoneNumber: '', mobileNumber: '', extensions: [] },
  ...differences,
});
const ZOE = user('zoe', 'Zoë Kiss', {
  ...{ emailAddress: 'zoe@example.com', phoneNumber: '1002', mobileNumber: '+3620' },
  extensions: ['1004', '1002'],
});

async function contacts(attributes = '', state = STATE, users: User[] = [], inner = '') {
  const made = await withPhone<OzekiContacts>(
    `<ozeki-contacts ${attributes}>${inner}</ozeki-contacts>`,
    SIGNED_OUT,
  );
  made.fake.control.directory = { users, clients: [], legacySessionStates: false };
  made.fake.set(state);
  await rendered(made.tag);
  await rendered(made.tag);
  return made;
}

const words = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const entries = (tag: Element) => [...tag.shadowRoot!.querySelectorAll<HTMLElement>('.entry')];
const says = (entry: Element) =>
  ['[part~=name]', '[part~=details]'].map((part) => words(entry.querySelector(part)!)).join(' | ');
const names = (tag: Element) => entries(tag).map((entry) => words(entry.querySelector('[part~=name]')!));
const button = (tag: Element, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find((one) => (one.ariaLabel ?? words(one)) === name)!;

async function type(tag: OzekiContacts, text: string): Promise<void> {
  const field = inside<HTMLInputElement>(tag, 'input');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await rendered(tag);
}

describe('<ozeki-contacts>', () => {
  it('shows extensions with what they are doing, by name, without one’s own', async () => {
    const { tag, fake } = await contacts();
    expect(entries(tag).map(says)).to.deep.equal([
      'Ábel | 1004 · Offline',
      'Sales | 1002 · Idle',
      'Support | 1003 · Ringing',
    ]);
    fake.set({ extensions: EXTENSIONS.map((one) => ({ ...one, status: 'busy' })) });
    await rendered(tag);
    expect(says(entries(tag)[1]!)).to.equal('Sales | 1002 · Busy');
    await expect(tag).to.be.accessible();
  });

  it('shows people with the phones on their desks', async () => {
    const { tag, fake } = await contacts('', STATE, [ZOE, user('me', 'Me', { extensions: ['1001'] })]);
    expect(entries(tag).map(says)).to.deep.equal([
      'Support | 1003 · Ringing',
      'Zoë Kiss | 1002 · Idle · Sales',
    ]);
    button(tag, 'Call Zoë Kiss').click();
    expect(fake.commands, 'where somebody is there').to.deep.equal([['dial', '1002', { video: false }]]);
    fake.control.directory = { ...fake.control.directory, users: [] };
    fake.control.tell({ type: 'user-removed', id: 'zoe' });
    await rendered(tag);
    expect(names(tag)).to.deep.equal(['Ábel', 'Sales', 'Support']);
  });

  it('opens the other numbers of somebody, one at a time', async () => {
    const { tag, fake } = await contacts('', STATE, [ZOE]);
    const more = button(tag, 'More ways to reach Zoë Kiss');
    expect(more.ariaExpanded).to.equal('false');
    const before = inside(tag, '.window').clientHeight;
    more.click();
    await rendered(tag);
    expect(more.ariaExpanded).to.equal('true');
    expect([...tag.shadowRoot!.querySelectorAll('.below:not(.narrow)')].map(words)).to.deep.equal([
      '1004 Extension',
      '+3620 Mobile',
    ]);
    expect(inside(tag, '.window').clientHeight).to.equal(before + 2 * 44);
    const last = inside(tag, '.below:last-child').getBoundingClientRect();
    expect(last.bottom).to.be.at.most(inside(tag, '.window').getBoundingClientRect().bottom + 0.5);
    await expect(tag).to.be.accessible();
    button(tag, 'Call Zoë Kiss, Mobile').click();
    expect(fake.commands).to.deep.equal([['dial', '+3620', { video: false }]]);
    more.click();
    await rendered(tag);
    expect(tag.shadowRoot!.querySelector('.below:not(.narrow)')).to.equal(null);
  });

  it('calls, calls with video and writes, after it asked the page', async () => {
    const { tag, fake, host } = await contacts('messages');
    const asked: unknown[] = [];
    host.addEventListener('ozeki-dial', (event) => asked.push(event.detail));
    host.addEventListener('ozeki-chat-open', (event) => asked.push(event.detail));
    button(tag, 'Call Sales').click();
    button(tag, 'Video call Sales').click();
    button(tag, 'Message Sales').click();
    expect(asked).to.deep.equal([
      { number: '1002', video: false },
      { number: '1002', video: true },
      { number: '1002', name: 'Sales' },
    ]);
    expect(fake.commands).to.deep.equal([
      ['dial', '1002', { video: false }],
      ['dial', '1002', { video: true }],
    ]);
    host.addEventListener('ozeki-dial', (event) => event.preventDefault());
    button(tag, 'Call Sales').click();
    button(tag, 'Call Ábel').click();
    expect(fake.commands, 'neither against the page nor where nobody is').to.have.length(2);
    expect(button(tag, 'Call Ábel').ariaDisabled).to.equal('true');
  });

  it('offers no video and no messages where the page does not want them', async () => {
    const { tag } = await contacts('no-video');
    expect(button(tag, 'Video call Sales')).to.equal(undefined);
    expect(button(tag, 'Message Sales')).to.equal(undefined);
  });

  it('has what finds no room in a row below it', async () => {
    const { tag, host } = await contacts('messages');
    const offered = () =>
      [...tag.shadowRoot!.querySelectorAll('button')]
        .filter((one) => one.checkVisibility())
        .map((one) => one.ariaLabel)
        .filter((name) => name?.endsWith('Sales'));
    host.style.width = '300px';
    await rendered(tag);
    expect(offered()).to.deep.equal(['More ways to reach Sales', 'Call Sales']);
    button(tag, 'More ways to reach Sales').click();
    await rendered(tag);
    const all = ['Call Sales', 'Message Sales', 'Video call Sales'];
    expect(offered().sort()).to.deep.equal([...all, 'More ways to reach Sales'].sort());
    host.style.width = '600px';
    expect(offered().sort()).to.deep.equal(all);
  });

  it('says what went wrong', async () => {
    const { tag, fake } = await contacts();
    fake.answer = () => Promise.reject(new PhoneError('busy', 'x'));
    button(tag, 'Call Sales').click();
    await waitUntil(() => shown(tag).includes('The number is busy.'));
    await expect(tag).to.be.accessible();
  });

  it('searches names, numbers and details as one types, whatever case and accents', async () => {
    const { tag } = await contacts('', STATE, [ZOE]);
    for (const [search, found] of [
      ['zoe', ['Zoë Kiss']],
      ['KISS example', ['Zoë Kiss']],
      ['1003', ['Support']],
      ['+3620', ['Zoë Kiss']],
      ['s', ['Support', 'Zoë Kiss']],
      ['', ['Support', 'Zoë Kiss']],
    ] as const) {
      await type(tag, search);
      expect(names(tag), search).to.deep.equal(found);
    }
    await type(tag, 'sup');
    expect(words(inside(tag, '.base > [role=status]'))).to.equal('1 contact');
    await type(tag, 'nobody');
    expect(shown(tag)).to.include('Nobody like that.');
    await expect(tag).to.be.accessible();
    inside(tag, 'input').focus();
    await sendKeys({ press: 'Escape' });
    await rendered(tag);
    expect(inside<HTMLInputElement>(tag, 'input').value).to.equal('');
    expect(names(tag)).to.have.length(2);
  });

  it('sorts as the language does', async () => {
    const named = ['Zebra', 'Ärger', 'Apfel', 'Room 10', 'Room 9'].map((name, index) =>
      extension(`20${index}`, name),
    );
    const { tag } = await contacts('lang="de"', { ...STATE, extensions: named });
    expect(names(tag)).to.deep.equal(['Apfel', 'Ärger', 'Room 9', 'Room 10', 'Zebra']);
    tag.lang = 'sv';
    await waitUntil(() => names(tag).at(-1) === 'Ärger');
  });

  describe('of the page', () => {
    it('are the links inside the tag, and follow them', async () => {
      const { tag, fake } = await contacts(
        'no-directory',
        STATE,
        [],
        '<p>Call <a href="tel:+36%201%20371" title="Ozeki">Reception</a></p><a href="tel:1002">Our sales</a>',
      );
      expect(entries(tag).map(says)).to.deep.equal([
        'Our sales | 1002 · Idle',
        'Reception | +36 1 371 · Ozeki',
      ]);
      button(tag, 'Call Reception').click();
      expect(fake.commands).to.deep.equal([['dial', '+36 1 371', { video: false }]]);
      const link = document.createElement('a');
      link.href = 'tel:%E0%A4%A';
      link.textContent = '<b>Odd</b>';
      tag.append(link);
      await waitUntil(() => names(tag).length === 3);
      expect(names(tag)[0]).to.equal('<b>Odd</b>');
    });

    it('stand in the place of the extension with the same number', async () => {
      const { tag } = await contacts('', STATE, [], '<a href="tel:1002">Our sales</a>');
      expect(names(tag)).to.deep.equal(['Ábel', 'Our sales', 'Support']);
    });

    it('come from its source, asked once for what is typed', async () => {
      const { tag } = await contacts('no-directory');
      const asked: string[] = [];
      const given: AbortSignal[] = [];
      tag.source = (search, signal) => {
        asked.push(search);
        given.push(signal);
        return Promise.resolve([
          {
            name: 'Customer',
            number: '+4930',
            detail: search,
            numbers: [{ number: '+4931', label: 'At home' }],
          },
        ]);
      };
      await waitUntil(() => names(tag).length === 1);
      for (const text of ['c', 'cu', 'cus']) await type(tag, text);
      await waitUntil(() => says(entries(tag)[0]!) === 'Customer | +4930 · cus');
      expect(asked).to.deep.equal(['', 'cus']);
      button(tag, 'More ways to reach Customer').click();
      await rendered(tag);
      expect(button(tag, 'Call Customer, At home')).to.exist;
      await type(tag, 'custo');
      await waitUntil(() => asked.length === 3);
      expect(given.map(({ aborted }) => aborted)).to.deep.equal([true, true, false]);
    });

    it('that come too late are not shown', async () => {
      const { tag } = await contacts('no-directory');
      const answers: ((found: SuppliedContact[]) => void)[] = [];
      tag.source = () => new Promise((resolve) => answers.push(resolve));
      await waitUntil(() => answers.length === 1);
      expect(tag.matches(':state(loading)')).to.equal(true);
      await rendered(tag);
      expect(shown(tag)).to.include('Loading…');
      await expect(tag).to.be.accessible();
      await type(tag, 'x');
      await waitUntil(() => answers.length === 2);
      answers[1]!([{ name: 'Right', number: '2' }]);
      answers[0]!([{ name: 'Late', number: '1' }]);
      await waitUntil(() => names(tag).length);
      expect(names(tag)).to.deep.equal(['Right']);
    });

    it('say so when they cannot be had, and try again', async () => {
      const { tag } = await contacts();
      const { warn } = console;
      console.warn = () => {};
      try {
        let works = false;
        tag.source = () => {
          if (!works) throw new Error('no');
          return [{ name: 'Customer', number: '+4930' }];
        };
        await waitUntil(() => tag.matches(':state(failed)'));
        await rendered(tag);
        expect(shown(tag)).to.include('Some contacts could not be loaded.');
        expect(names(tag), 'the others are there').to.have.length(3);
        await expect(tag).to.be.accessible();
        works = true;
        button(tag, 'Try again').click();
        await waitUntil(() => names(tag).includes('Customer'));
        expect(shown(tag)).to.not.include('could not be loaded');
      } finally {
        console.warn = warn;
      }
    });

    it('that are none are left out, with a warning', async () => {
      const { tag } = await contacts('no-directory unsorted');
      const warnings: unknown[][] = [];
      const { warn } = console;
      console.warn = (...all: unknown[]) => warnings.push(all);
      try {
        const odd = [
          null,
          7,
          {},
          { name: 'N' },
          { name: 'N', number: '' },
          { name: 'N', number: '1', numbers: [null] },
        ];
        tag.source = () =>
          [{ name: 'Z', number: '9' }, ...odd, { name: 'A', number: '8' }] as SuppliedContact[];
        await waitUntil(() => names(tag).length);
        expect(names(tag), 'in the order of the page').to.deep.equal(['Z', 'A']);
        expect(warnings).to.have.length(1);
        tag.source = () => 'all' as unknown as SuppliedContact[];
        await waitUntil(() => tag.matches(':state(failed)'));
      } finally {
        console.warn = warn;
      }
    });
  });

  describe('of a long list', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      extension(String(10_000 + index), `Person ${String(index).padStart(4, '0')}`),
    );

    it('draws what is in sight, and says how many there are', async () => {
      const { tag } = await contacts('', { ...STATE, extensions: many });
      const scroll = inside(tag, '.scroll');
      await waitUntil(() => entries(tag).length > 10);
      expect(entries(tag).length).to.be.below(40);
      expect(scroll.scrollHeight).to.equal(3000 * 56);
      expect(entries(tag)[3]).to.have.attribute('aria-posinset', '4');
      expect(entries(tag)[3]).to.have.attribute('aria-setsize', '3000');
      scroll.scrollTop = 56 * 1500;
      await waitUntil(() => names(tag).includes('Person 1502'));
      const row = entries(tag).find((entry) => says(entry).startsWith('Person 1500'))!;
      expect(Math.round(row.getBoundingClientRect().top)).to.equal(
        Math.round(scroll.getBoundingClientRect().top),
      );
      expect(entries(tag).length).to.be.below(40);
      await expect(tag).to.be.accessible();
    });

    it('is walked through by keyboard, and keeps the focus that is scrolled away', async () => {
      const { tag } = await contacts('no-video', { ...STATE, extensions: many });
      const focused = () => tag.shadowRoot!.activeElement?.getAttribute('aria-label');
      inside(tag, 'input').focus();
      await sendKeys({ press: 'ArrowDown' });
      expect(focused()).to.equal('Call Person 0000');
      for (let step = 0; step < 25; step++) await sendKeys({ press: 'ArrowDown' });
      expect(focused()).to.equal('Call Person 0025');
      await sendKeys({ press: 'End' });
      await waitUntil(() => focused() === 'Call Person 2999');
      inside(tag, '.scroll').scrollTop = 0;
      await waitUntil(() => names(tag).includes('Person 0000'));
      await rendered(tag);
      expect(focused()).to.equal('Call Person 2999');
      await sendKeys({ press: 'ArrowUp' });
      await waitUntil(() => focused() === 'Call Person 2998');
      await sendKeys({ press: 'Home' });
      await waitUntil(() => focused() === 'Call Person 0000');
    });
  });

  for (const [name, state, sentence] of [
    ['signed out', SIGNED_OUT, 'Sign in to see your contacts.'],
    ['nobody', { ...STATE, extensions: [EXTENSIONS[0]!] }, 'No contacts'],
  ] as const) {
    it(`has a state for ${name}`, async () => {
      const { tag } = await contacts('', state);
      expect(shown(tag)).to.include(sentence);
      expect(tag.matches(':state(empty)')).to.equal(true);
      await expect(tag).to.be.accessible();
    });
  }

  it('has one stop of the Tab key with arrow keys in both directions', async () => {
    const { tag, host } = await contacts('messages');
    const focused = () => tag.shadowRoot!.activeElement?.getAttribute('aria-label');
    inside(tag, 'input').focus();
    await sendKeys({ press: 'Tab' });
    expect(focused()).to.equal('Message Ábel');
    await sendKeys({ press: 'ArrowRight' });
    expect(focused()).to.equal('Video call Ábel');
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal('Video call Sales');
    host.dir = 'rtl';
    await sendKeys({ press: 'ArrowLeft' });
    expect(focused()).to.equal('Call Sales');
  });

  for (const scheme of ['light', 'dark'])
    it(`is accessible and fits, ${scheme}, from narrow to wide`, async () => {
      const { tag, host } = await contacts('messages', STATE, [ZOE]);
      host.style.colorScheme = scheme;
      for (const width of [240, 300, 480, 900]) {
        host.style.width = `${width}px`;
        await rendered(tag);
        for (const part of ['.base', '.scroll'])
          expect(inside(tag, part).scrollWidth, `${width} px`).to.be.at.most(inside(tag, part).clientWidth);
        await expect(tag).to.be.accessible();
      }
    });

  it('lets go of the phone and of the source when it leaves, and comes back', async () => {
    const { tag, fake } = await contacts();
    const signals: AbortSignal[] = [];
    tag.source = (_, signal) => {
      signals.push(signal);
      return new Promise(() => {});
    };
    await waitUntil(() => signals.length === 1);
    const parent = tag.parentElement!;
    tag.remove();
    expect([fake.listenerCount, fake.control.listenerCount]).to.deep.equal([0, 0]);
    expect(signals[0]!.aborted).to.equal(true);
    parent.append(tag);
    await waitUntil(() => signals.length === 2);
    await rendered(tag);
    expect(names(tag)).to.have.length(3);
  });
});
