import { expect, fixtureSync, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../src/define/ozeki-operator-panel.js';
import type { OzekiOperatorPanel } from '../../src/elements/ozeki-operator-panel/ozeki-operator-panel.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { Extension, PhoneState, Session } from '../../src/phone/state.js';
import { aCall, SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const extension = (id: string, name: string, status: Extension['status'] = 'idle'): Extension => ({
  ...{ id, name, status, kind: 'extension', type: 'Webphone' },
});
const EXTENSIONS = [
  extension('1001', 'Front desk', 'busy'),
  extension('1002', 'Sales', 'busy'),
  extension('1003', 'Support', 'ringing'),
  extension('1004', 'Supervisor'),
  extension('1005', 'Billing', 'offline'),
  extension('1006', 'Legal'),
];

/** A session of 1001 with 1002 that has talked for three minutes and seven seconds. */
const session = (id: string, differences: Partial<Session> = {}): Session => ({
  ...{ id, masterId: id, state: 'InCall', direction: 'Internal', caller: '1001', callee: '1002' },
  ...{ callerName: 'Front desk', calleeName: 'Sales', callerLegId: '', calleeLegId: '', source: '' },
  ...{ sourceType: '', destination: '', destinationType: '', dialedNumber: '', stateSince: 0 },
  ...{ startedAt: Date.now() - 190_000, talk: { ms: 0, since: Date.now() - 187_300 } },
  ...differences,
});
/** A caller from outside who rings at 1003 since so many seconds. */
const ringing = (id: string, caller: string, seconds: number, differences: Partial<Session> = {}): Session =>
  session(id, {
    ...{ state: 'Ringing', caller, callerName: '', callee: '1003', calleeName: 'Support' },
    ...{ startedAt: Date.now() - seconds * 1000 - 300, talk: { ms: 0, since: null } },
    ...differences,
  });

const SUPERVISOR: PhoneState = {
  ...SIGNED_IN,
  identity: {
    ...{ number: '1004', name: 'Supervisor', kind: 'extension' },
    privileges: ['sessions.view', 'sessions.modify', 'sessions.listen', 'calls.pickup', 'users'],
  },
  extensions: EXTENSIONS,
  sessions: [session('talk')],
};
/** Somebody without privileges, in a call with 1001 and called by 1006. */
const CLERK: PhoneState = {
  ...SUPERVISOR,
  identity: { ...SUPERVISOR.identity!, number: '1002', name: 'Sales', privileges: [] },
};

async function panel(state: PhoneState = SUPERVISOR, attributes = '') {
  const made = await withPhone<OzekiOperatorPanel>(
    `<ozeki-operator-panel ${attributes}></ozeki-operator-panel>`,
    state,
  );
  if (state.identity)
    await waitUntil(() => made.tag.shadowRoot!.querySelector('.desk'), 'the board is loaded');
  await rendered(made.tag);
  return made;
}

const words = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const all = <E extends HTMLElement>(tag: Element, selector: string) => [
  ...tag.shadowRoot!.querySelectorAll<E>(selector),
];
const tile = (tag: Element, id: string) => inside<HTMLButtonElement>(tag, `[data-extension="${id}"]`);
const party = (tag: Element, id: string, which: 'caller' | 'callee') =>
  inside<HTMLButtonElement>(tag, `[data-session="${id}"][data-party=${which}]`);
const row = (tag: Element, id: string) => inside(tag, `[data-row="${id}"]`);
const said = (tag: Element) => words(inside(tag, '.base > [role=status]:last-child'));
const focused = (tag: Element) => tag.shadowRoot!.activeElement as HTMLElement | null;
const middle = (element: Element): [number, number] => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
};

describe('<ozeki-operator-panel>', () => {
  it('shows who waits, the longest first, who talks, and each extension with whom and for how long', async () => {
    // However long the page takes, no second passes.
    const { now } = Date;
    const moment = now();
    Date.now = () => moment;
    const { tag } = await panel({
      ...SUPERVISOR,
      sessions: [session('talk'), ringing('b', '+3612', 4), ringing('a', '+3611', 42)],
    }).finally(() => (Date.now = now));
    expect(all(tag, '[data-row]').map((one) => one.dataset.row)).to.deep.equal(['a', 'b', 'talk']);
    expect(words(row(tag, 'a'))).to.match(/\+3611.*1003 Support.*Ringing 0:42/);
    expect(words(row(tag, 'talk'))).to.match(/1001 Front desk 1002 Sales In call 3:07/);
    expect(all(tag, '.tile').map(words)).to.deep.equal([
      '1001 Front desk Busy · 1002 Sales 3:07 Call',
      '1002 Sales Busy · 1001 Front desk 3:07 Call',
      '1003 Support Ringing · +3612 0:04 Pick up',
      '1004 Supervisor This phone · Idle',
      '1005 Billing Offline',
      '1006 Legal Idle Call',
    ]);
    await expect(tag).to.be.accessible();
  });

  it('colours by age, as told, and says so to style sheets', async () => {
    const waiting = (...seconds: number[]) => ({
      ...SUPERVISOR,
      sessions: seconds.map((one) => ringing(`s${one}`, '+36', one)),
    });
    const { tag, fake } = await panel(waiting(4, 18, 42));
    const colours = ['s42', 's18', 's4'].map(
      (id) => getComputedStyle(row(tag, id).querySelector('.time')!).color,
    );
    expect(new Set(colours).size).to.equal(3);
    expect(tag).to.match(':state(waiting):state(urgent)');
    tag.setAttribute('late-after', '2');
    tag.setAttribute('urgent-after', '60');
    await rendered(tag);
    expect(all(tag, '.late')).to.have.length(3);
    expect(tag).to.match(':state(waiting):not(:state(urgent))');
    fake.set({ sessions: [] });
    await rendered(tag);
    expect(tag).to.not.match(':state(waiting)');
    expect(shown(tag)).to.contain('Nobody is waiting.').and.contain('Nobody is in a call.');
  });

  it('counts the time by the clock of the phone system', async () => {
    const { tag } = await panel({
      ...SUPERVISOR,
      clockOffset: 60_000,
      sessions: [ringing('a', '+36', -50)],
    });
    expect(words(row(tag, 'a').querySelector('.time')!)).to.equal('0:10');
  });

  it('transfers by keyboard alone: take up, walk, drop; only the phone system moves it', async () => {
    const { tag, fake } = await panel();
    let confirm = () => {};
    fake.answer = () => new Promise((resolve) => (confirm = () => resolve(undefined)));
    party(tag, 'talk', 'callee').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => focused(tag)?.dataset.extension === '1003', 'the first that can take it');
    expect(said(tag)).to.equal(
      'Transfer 1002 Sales: go to an extension with the arrow keys and press Enter.',
    );
    expect(party(tag, 'talk', 'callee').ariaPressed).to.equal('true');
    expect(tag).to.match(':state(carrying)');
    expect(all(tag, '.target').map((one) => one.dataset.extension)).to.deep.equal(['1003', '1004', '1006']);
    expect(words(tile(tag, '1003'))).to.contain('Transfer here');
    await expect(tag).to.be.accessible();
    await sendKeys({ press: 'End' });
    await waitUntil(() => focused(tag)?.dataset.extension === '1006');
    await sendKeys({ press: ' ' });
    await rendered(tag);
    expect(fake.commands).to.deep.equal([['transferSession', 'talk', 'caller', '1006']]);
    expect(words(row(tag, 'talk'))).to.contain('Transferring to 1006 Legal…');
    expect(row(tag, 'talk')).to.have.attribute('aria-busy', 'true');
    expect(words(tile(tag, '1006'))).to.equal('1006 Legal Idle Call');
    expect(said(tag)).to.equal('Transferring 1002 Sales to 1006 Legal…');
    expect(focused(tag)!.dataset.extension, 'the focus stays').to.equal('1006');
    await expect(tag).to.be.accessible();
    confirm();
    await waitUntil(() => said(tag) === '1002 Sales is on the way to 1006 Legal.');
    expect(words(row(tag, 'talk'))).to.contain('In call');
    fake.set({ sessions: [session('talk', { state: 'TransferRequested' })] });
    await rendered(tag);
    expect(words(row(tag, 'talk'))).to.contain('Transfer asked');
  });

  it('puts back on Escape, and on a second press', async () => {
    const { tag, fake } = await panel();
    const chip = party(tag, 'talk', 'caller');
    chip.focus();
    await sendKeys({ press: ' ' });
    await waitUntil(() => focused(tag)?.matches('.tile'));
    await sendKeys({ press: 'Escape' });
    await rendered(tag);
    expect(focused(tag)).to.equal(chip);
    expect(said(tag)).to.equal('Not transferred.');
    chip.click();
    await rendered(tag);
    chip.click();
    await rendered(tag);
    chip.click();
    await rendered(tag);
    [...all(tag, 'button')].find((one) => words(one) === 'Cancel')!.click();
    await rendered(tag);
    expect(tag).to.not.match(':state(carrying)');
    expect(fake.commands).to.deep.equal([]);
  });

  it('transfers by dragging, and shows where it would go', async () => {
    const { tag, fake } = await panel(SUPERVISOR);
    tag.style.cssText = 'position: fixed; inset: 0 auto auto 0; inline-size: 790px';
    await rendered(tag);
    try {
      const target = tile(tag, '1006');
      await sendMouse({ type: 'move', position: middle(party(tag, 'talk', 'caller')) });
      await sendMouse({ type: 'down' });
      const [x, y] = middle(party(tag, 'talk', 'caller'));
      // What follows the pointer is loaded when it goes down.
      await waitUntil(async () => {
        for (const step of [10, 20]) await sendMouse({ type: 'move', position: [x + step, y] });
        return tag.matches(':state(carrying)');
      });
      const before = middle(target);
      await sendMouse({ type: 'move', position: middle(target) });
      await rendered(tag);
      expect(middle(target), 'nothing moves away from the pointer').to.deep.equal(before);
      expect(target).to.match('.target.over');
      expect(words(inside(tag, '.ghost'))).to.equal('1001 Front desk');
      await sendMouse({ type: 'move', position: middle(tile(tag, '1005')) });
      await rendered(tag);
      expect(all(tag, '.target.over')).to.have.length(0);
      await sendMouse({ type: 'move', position: middle(target) });
      await sendMouse({ type: 'up' });
      await rendered(tag);
      expect(fake.commands).to.deep.equal([['transferSession', 'talk', 'callee', '1006']]);
      expect(tag).to.not.match(':state(carrying)');
      expect(all(tag, '.ghost')).to.have.length(0);
    } finally {
      await resetMouse();
    }
  });

  it('does nothing with what is let go beside an extension', async () => {
    const { tag, fake } = await panel(SUPERVISOR);
    tag.style.cssText = 'position: fixed; inset: 0 auto auto 0; inline-size: 790px';
    await rendered(tag);
    try {
      const [x, y] = middle(party(tag, 'talk', 'caller'));
      await sendMouse({ type: 'move', position: [x, y] });
      await sendMouse({ type: 'down' });
      await waitUntil(async () => {
        for (const step of [10, 20]) await sendMouse({ type: 'move', position: [x + step, y] });
        return tag.matches(':state(carrying)');
      });
      await sendMouse({ type: 'move', position: middle(tile(tag, '1005')) });
      await sendMouse({ type: 'up' });
      await rendered(tag);
      expect(tag).to.not.match(':state(carrying)');
      expect(fake.commands).to.deep.equal([]);
    } finally {
      await resetMouse();
    }
  });

  it('sends on who rings, to be answered elsewhere', async () => {
    const { tag, fake } = await panel({ ...SUPERVISOR, sessions: [ringing('r', '+3611', 5)] });
    party(tag, 'r', 'caller').click();
    await rendered(tag);
    expect(tile(tag, '1003'), 'it rings there').to.have.attribute('aria-disabled', 'true');
    tile(tag, '1006').click();
    await waitUntil(() => said(tag) === '+3611 is on the way to 1006 Legal.');
    expect(fake.control.sessionCommands).to.deep.equal([['forwardSession', 'r', '1006']]);
    expect(fake.commands).to.deep.equal([]);
  });

  it('asks the page before a transfer', async () => {
    const { tag, fake, host } = await panel();
    const asked: string[] = [];
    host.addEventListener('ozeki-session-request', (event) => {
      asked.push(`${event.action} ${event.sessionId}`);
      event.preventDefault();
    });
    party(tag, 'talk', 'callee').click();
    await rendered(tag);
    tile(tag, '1006').click();
    await rendered(tag);
    expect(asked).to.deep.equal(['transfer talk']);
    expect(fake.commands).to.deep.equal([]);
    expect(words(row(tag, 'talk'))).to.contain('In call');
  });

  it('says why a transfer failed, and leaves the call where it was', async () => {
    const { tag, fake } = await panel();
    fake.answer = () => Promise.reject(new PhoneError('wrong-state', 'x'));
    party(tag, 'talk', 'callee').click();
    await rendered(tag);
    tile(tag, '1006').click();
    await waitUntil(() => shown(tag).includes('That cannot be done with this call now.'));
    expect(words(row(tag, 'talk'))).to.contain('In call');
    expect(row(tag, 'talk')).to.have.attribute('aria-busy', 'false');
    await expect(tag).to.be.accessible();
  });

  it('drops what it carries when the call is over', async () => {
    const { tag, fake } = await panel();
    party(tag, 'talk', 'callee').click();
    await rendered(tag);
    fake.set({ sessions: [] });
    await rendered(tag);
    expect(tag).to.not.match(':state(carrying)');
    tile(tag, '1006').click();
    expect(fake.commands).to.deep.equal([['dial', '1006']]);
  });

  it('takes what rings: here, and elsewhere', async () => {
    const { tag, fake, host } = await panel({
      ...SUPERVISOR,
      sessions: [ringing('r', '+3611', 5), ringing('own', '+3612', 3, { callee: '1004' })],
      calls: [aCall({ id: 'mine', sessionId: 'own', direction: 'incoming', state: 'ringing' })],
    });
    const asked: unknown[] = [];
    host.addEventListener('ozeki-pick-up', (event) => asked.push(event.detail));
    host.addEventListener('ozeki-accept-request', (event) => asked.push(event.callId));
    row(tag, 'r').querySelector<HTMLElement>('.pick-up')!.click();
    row(tag, 'own').querySelector<HTMLElement>('.accept')!.click();
    tile(tag, '1003').click();
    tile(tag, '1006').click();
    tile(tag, '1005').click();
    tile(tag, '1004').click();
    expect(fake.commands).to.deep.equal([
      ['pickUp', '1003'],
      ['accept', 'mine'],
      ['pickUp', '1003'],
      ['dial', '1006'],
    ]);
    expect(asked).to.deep.equal([{ extension: '1003' }, 'mine', { extension: '1003' }]);
  });

  it('listens, to one at a time, and to what a transfer makes of it', async () => {
    const { tag, fake } = await panel({
      ...SUPERVISOR,
      sessions: [session('talk'), session('other', { caller: '1006', callerName: 'Legal', callee: '+36' })],
    });
    const ear = (id: string) => row(tag, id).querySelector<HTMLButtonElement>('.listen')!;
    expect(ear('talk').ariaLabel).to.equal('Listen to 1001 Front desk, 1002 Sales');
    ear('talk').click();
    await waitUntil(() => ear('talk').ariaPressed === 'true');
    expect(tag).to.match(':state(listening)');
    await waitUntil(() => fake.control.listenerCount === 1);
    fake.set({ sessions: [session('next', { masterId: 'talk', callee: '1006' }), session('other')] });
    await rendered(tag);
    expect(ear('next').ariaPressed).to.equal('true');
    ear('other').click();
    await waitUntil(() => ear('other').ariaPressed === 'true');
    expect(ear('next').ariaPressed).to.equal('false');
    expect(fake.control.sessionCommands).to.deep.equal([
      ['listen', 'talk'],
      ['stopListening', 'listening-talk'],
      ['listen', 'other'],
    ]);
    await waitUntil(() => fake.control.listenerCount === 1);
    fake.control.tell({ type: 'listening-ended', callId: 'listening-other', reason: 'remote-hung-up' });
    await rendered(tag);
    expect(ear('other').ariaPressed).to.equal('false');
    expect(fake.control.listenerCount).to.equal(0);
  });

  it('listens on when it is moved, and no more when it is gone', async () => {
    const { tag, fake, host } = await panel();
    row(tag, 'talk').querySelector<HTMLElement>('.listen')!.click();
    await waitUntil(() => fake.control.listenerCount === 1);
    const place = document.createElement('div');
    host.append(place);
    place.append(tag);
    await rendered(tag);
    expect(fake.control.sessionCommands).to.deep.equal([['listen', 'talk']]);
    tag.remove();
    await waitUntil(() => fake.control.sessionCommands.length === 2);
    expect(fake.control.sessionCommands[1]).to.deep.equal(['stopListening', 'listening-talk']);
    expect([fake.listenerCount, fake.control.listenerCount]).to.deep.equal([0, 0]);
  });

  it('says why nothing can be heard', async () => {
    const { tag, fake } = await panel();
    fake.control.answerSession = () => Promise.reject(new PhoneError('forbidden', 'x'));
    row(tag, 'talk').querySelector<HTMLElement>('.listen')!.click();
    await waitUntil(() => shown(tag).includes('You are not allowed to do that.'));
    expect(tag).to.not.match(':state(listening)');
  });

  it('offers without privileges what concerns the own calls, and nothing else', async () => {
    const { tag, fake } = await panel({
      ...CLERK,
      sessions: [
        session('talk'),
        ringing('own', '1006', 2, { callee: '1002' }),
        // The phone system would not show these; were it to, there is nothing to do about them.
        ringing('r', '+36', 3),
        session('other', { caller: '1006', callee: '1003' }),
      ],
    });
    expect(all(tag, '.chip').map((one) => `${one.dataset.session} ${one.dataset.party}`)).to.deep.equal([
      'own caller',
      'talk caller',
    ]);
    expect(all(tag, '[part~=action]')).to.have.length(0);
    expect(shown(tag)).to.contain('Only your own calls are shown.');
    expect(words(tile(tag, '1003'))).to.not.contain('Pick up');
    party(tag, 'talk', 'caller').click();
    await rendered(tag);
    tile(tag, '1006').click();
    expect(fake.commands).to.deep.equal([['transferSession', 'talk', 'callee', '1006']]);
  });

  it('offers nothing that the phone system cannot do', async () => {
    const none = {
      ...SUPERVISOR.capabilities!,
      blindTransfer: false,
      forward: false,
      pickup: false,
      control: false,
    };
    const { tag } = await panel({
      ...SUPERVISOR,
      capabilities: none,
      sessions: [session('talk'), ringing('r', '+36', 3)],
    });
    expect(all(tag, '.chip, [part~=action]')).to.have.length(0);
  });

  it('finds calls and extensions', async () => {
    const { tag } = await panel({
      ...SUPERVISOR,
      sessions: [session('talk'), session('other', { caller: '1006', callerName: 'Legal', callee: '+36' })],
    });
    const field = inside<HTMLInputElement>(tag, 'input');
    const type = async (text: string) => {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await rendered(tag);
    };
    await type('legal');
    expect(all(tag, '.tile').map((one) => one.dataset.extension)).to.deep.equal(['1006']);
    expect(all(tag, '[data-row]').map((one) => one.dataset.row)).to.deep.equal(['other']);
    await type('nobody at all');
    expect(shown(tag)).to.contain('Nothing matches.');
    await expect(tag).to.be.accessible();
    field.focus();
    await sendKeys({ press: 'Escape' });
    await rendered(tag);
    expect(all(tag, '.tile')).to.have.length(6);
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => focused(tag)?.dataset.extension === '1001');
  });

  it('is one stop of the Tab key for each of its two lists, with the arrow keys in the grid', async () => {
    const { tag, host } = await panel();
    tag.style.cssText = 'display: block; inline-size: 640px';
    await waitUntil(() => inside(tag, '[role=grid]').ariaColCount === '3');
    inside(tag, 'input').focus();
    await sendKeys({ press: 'Tab' });
    expect(focused(tag)!.dataset.party).to.equal('caller');
    await sendKeys({ press: 'Tab' });
    expect(focused(tag)!.dataset.extension).to.equal('1001');
    const goes = async (key: string, to: string) => {
      await sendKeys({ press: key });
      await waitUntil(() => focused(tag)?.dataset.extension === to, `${key} to ${to}`);
    };
    await goes('ArrowRight', '1002');
    await goes('ArrowDown', '1005');
    await goes('ArrowDown', '1005');
    await goes('End', '1006');
    await goes('ArrowUp', '1003');
    await goes('Home', '1001');
    host.dir = 'rtl';
    await goes('ArrowLeft', '1002');
    expect(all(tag, '.tile').filter(({ tabIndex }) => !tabIndex)).to.have.length(1);
  });

  it('has somewhere to go on when the call with the focus is over', async () => {
    const { tag, fake } = await panel();
    row(tag, 'talk').querySelector('button')!.focus();
    fake.set({ sessions: [] });
    await waitUntil(() => focused(tag)?.localName === 'h2', 'the title has the focus');
  });

  it('draws of many extensions those in sight, and walks to the last', async () => {
    const many = Array.from({ length: 800 }, (_, index) => extension(String(2000 + index), `Desk ${index}`));
    const { tag } = await panel({ ...SUPERVISOR, extensions: many });
    await waitUntil(() => inside(tag, '[role=grid]').scrollHeight > 2000);
    expect(all(tag, '.tile').length).to.be.below(160);
    tile(tag, '2000').focus();
    await sendKeys({ press: 'End' });
    await waitUntil(() => focused(tag)?.dataset.extension === '2799');
    expect(all(tag, '.tile').length).to.be.below(160);
    const { bottom } = focused(tag)!.getBoundingClientRect();
    expect(bottom).to.be.at.most(inside(tag, '[role=grid]').getBoundingClientRect().bottom);
    await expect(tag).to.be.accessible();
  });

  it('has no blank place after a reconnect, wherever it was scrolled to', async () => {
    const many = (count: number) => ({
      extensions: Array.from({ length: count }, (_, index) => extension(`${2000 + index}`, 'Agent', 'busy')),
      sessions: Array.from({ length: count / 10 }, (_, index) => session(`s${index}`)),
    });
    const { tag, fake } = await panel({ ...SUPERVISOR, ...many(1000) });
    const grid = inside(tag, '.scroll');
    /** Every point in sight, between the gaps, is one of a tile, and every row in sight says something. */
    const isFull = () => {
      const box = inside(tag, '.scroll').getBoundingClientRect();
      const x = box.left + 60;
      for (let y = box.top + 30; y < box.bottom - 30; y += 72)
        if (![0, 9].some((more) => tag.shadowRoot!.elementFromPoint(x, y + more)?.closest('.tile')))
          return false;
      return all(tag, '[data-row]').every((one) => words(one) && one.offsetHeight > 40);
    };
    const offline = { connection: { ...SUPERVISOR.connection, status: 'reconnecting' as const } };
    const online = { connection: SUPERVISOR.connection };
    for (const count of [1000, 300, 1000]) {
      grid.scrollTop = grid.scrollHeight;
      await waitUntil(isFull, 'all is drawn at the end');
      fake.set(offline);
      await rendered(tag);
      fake.set({ ...online, ...many(count) });
      await waitUntil(isFull, `all is drawn again, of ${count}`);
    }
    // A phone system that was restarted knows of nobody yet.
    grid.scrollTop = grid.scrollHeight;
    await rendered(tag);
    fake.set({ ...offline, ...many(0) });
    await rendered(tag);
    fake.set({ ...online, ...many(1000) });
    await waitUntil(
      () => tag.shadowRoot!.querySelector('.scroll') && isFull(),
      'all is drawn, from the first',
    );
  });

  it('shows of very many calls the first, and how many there are besides', async () => {
    const sessions = Array.from({ length: 130 }, (_, index) => session(`s${index}`));
    const { tag } = await panel({ ...SUPERVISOR, sessions });
    expect(all(tag, '[data-row]')).to.have.length(100);
    expect(shown(tag)).to.contain('30 more: search to find them.');
  });

  it('says who has begun to wait, once', async () => {
    const { tag, fake } = await panel({ ...SUPERVISOR, sessions: [ringing('a', '+3611', 42)] });
    const news = () => all(tag, '[role=status]').map(words);
    expect(news()).to.include('+3611 is waiting for 1003 Support');
    fake.set({ sessions: [ringing('a', '+3611', 43), ringing('b', '+3612', 1)] });
    await rendered(tag);
    expect(news()).to.include('+3612 is waiting for 1003 Support');
  });

  for (const [name, state, sentence] of [
    ['signed out', SIGNED_OUT, 'Not connected to the phone system.'],
    [
      'connecting',
      { ...SIGNED_OUT, connection: { ...SIGNED_OUT.connection, status: 'connecting' } },
      'Connecting…',
    ],
    ['nothing to show', { ...SUPERVISOR, extensions: [], sessions: [] }, 'No extensions to show.'],
    [
      'a lost connection',
      { ...SUPERVISOR, connection: { ...SUPERVISOR.connection, status: 'reconnecting' } },
      'Reconnecting…',
    ],
  ] as const) {
    it(`has a state for ${name}`, async () => {
      const { tag, fake } = await panel(state as PhoneState);
      expect(shown(tag)).to.contain(sentence);
      expect(tag.matches(':state(empty)')).to.equal(!state.identity);
      for (const one of all(tag, '.tile')) one.click();
      expect(all(tag, '.chip, [part~=action]')).to.have.length(0);
      expect(fake.commands).to.deep.equal([]);
      await expect(tag).to.be.accessible();
    });
  }

  for (const scheme of ['light', 'dark'])
    it(`is accessible and fits, ${scheme}, from narrow to wide`, async () => {
      const { tag, host } = await panel({
        ...SUPERVISOR,
        sessions: [session('talk'), ringing('a', '+3611', 42), ringing('b', 'Qdb3W', 18)],
      });
      host.style.colorScheme = scheme;
      for (const width of [240, 320, 720, 1600]) {
        host.style.width = `${width}px`;
        for (const carrying of [false, true]) {
          if (carrying !== tag.matches(':state(carrying)')) party(tag, 'talk', 'caller').click();
          await rendered(tag);
          for (const part of ['.base', '.talk', '.scroll'])
            expect(inside(tag, part).scrollWidth, `${width} px`).to.be.at.most(inside(tag, part).clientWidth);
          await expect(tag).to.be.accessible();
        }
        party(tag, 'talk', 'caller').click();
      }
    });

  it('has targets of 24 px and more', async () => {
    const { tag } = await panel({ ...SUPERVISOR, sessions: [session('talk'), ringing('a', '+3611', 42)] });
    for (const button of all(tag, 'button')) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height), words(button)).to.be.at.least(24);
    }
  });

  it('is made by createElement, signs in late, and lets go of the phone when it leaves', async () => {
    const { tag: other, fake, host } = await panel(SIGNED_OUT);
    other.remove();
    const tag = document.createElement('ozeki-operator-panel');
    host.append(tag);
    await tag.updateComplete;
    fake.set(SUPERVISOR);
    await waitUntil(() => tag.shadowRoot!.querySelectorAll('.tile').length === 6);
    tag.remove();
    expect(fake.listenerCount).to.equal(0);
    fixtureSync<HTMLElement>(html`<div></div>`).append(tag);
    await rendered(tag);
    expect(shown(tag)).to.contain('Not connected');
    host.append(tag);
    await waitUntil(() => tag.shadowRoot!.querySelectorAll('.tile').length === 6);
  });
});
