import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import '../../src/define/ozeki-session-list.js';
import type { OzekiSessionList } from '../../src/elements/ozeki-session-list/ozeki-session-list.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { PhoneState, Session } from '../../src/phone/state.js';
import { SESSION_STATES } from '../../src/protocol/entities.js';
import { SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import { rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

let made = 0;

/** A session of 1001 with 1002 that has talked for three minutes and seven seconds. */
function aSession(differences: Partial<Session> = {}): Session {
  const id = `session-${++made}`;
  return {
    id,
    masterId: id,
    state: 'InCall',
    direction: 'Internal',
    caller: '1001',
    callee: '1002',
    callerName: 'Front desk',
    calleeName: 'Sales',
    callerLegId: 'a',
    calleeLegId: 'b',
    source: '1001',
    sourceType: 'Webphone',
    destination: '1002',
    destinationType: 'Webphone',
    dialedNumber: '1002',
    startedAt: Date.now() - 190_000,
    stateSince: Date.now() - 187_000,
    talk: { ms: 0, since: Date.now() - 187_000 },
    ...differences,
  };
}

const SUPERVISOR: PhoneState = {
  ...SIGNED_IN,
  identity: { ...SIGNED_IN.identity!, number: '1004', privileges: ['sessions.view', 'sessions.modify'] },
  extensions: [
    { id: '1003', name: 'Support', kind: 'extension', type: 'Webphone', status: 'idle' },
    { id: '1004', name: 'Supervisor', kind: 'extension', type: 'Webphone', status: 'busy' },
  ],
};

async function list(sessions: Session[], state: PhoneState = SIGNED_IN) {
  const made = await withPhone<OzekiSessionList>('<ozeki-session-list></ozeki-session-list>', {
    ...state,
    sessions,
  });
  await rendered(made.tag);
  if (state === SUPERVISOR && sessions.length)
    await waitUntil(() => find(made.tag, '.action'), 'the actions are loaded');
  return made;
}

const find = <E extends HTMLElement>(tag: OzekiSessionList, selector: string) =>
  tag.shadowRoot!.querySelector<E>(selector);
const rows = (tag: OzekiSessionList) => [...tag.shadowRoot!.querySelectorAll<HTMLElement>('tr[data-row]')];
const cells = (row: HTMLElement) =>
  [...row.children].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim());
const action = (tag: OzekiSessionList, index: number, name: string) =>
  [...rows(tag)[index]!.querySelectorAll('button')].find((button) => button.ariaLabel === name)!;
const actions = (tag: OzekiSessionList, index: number) =>
  [...rows(tag)[index]!.querySelectorAll('button')].map((button) => [
    button.ariaLabel,
    button.ariaDisabled !== 'true',
  ]);

async function openTransfer(tag: OzekiSessionList): Promise<HTMLElement> {
  action(tag, 0, 'Transfer').focus();
  action(tag, 0, 'Transfer').click();
  await waitUntil(() => find(tag, '.panel'), 'the panel is loaded');
  await tag.updateComplete;
  return find(tag, '.panel')!;
}

async function send(tag: OzekiSessionList, number: string): Promise<void> {
  const input = find<HTMLInputElement>(tag, '.panel .target input')!;
  input.value = number;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  find<HTMLFormElement & HTMLElement>(tag, '.panel form')!.requestSubmit();
  await rendered(tag);
}

describe('<ozeki-session-list>', () => {
  it('says when there is nothing to see, and why', async () => {
    const { tag, fake } = await list([]);
    expect(shown(tag)).to.contain('No sessions').and.contain('as soon as they start');
    expect(tag.matches(':state(empty)')).to.equal(true);
    await expect(tag).to.be.accessible();
    fake.set({ capabilities: { ...SIGNED_IN.capabilities!, sessions: false } });
    await rendered(tag);
    expect(shown(tag)).to.contain('does not show its sessions');
    fake.set(SIGNED_OUT);
    await rendered(tag);
    expect(shown(tag)).to.contain('Sign in');
    await expect(tag).to.be.accessible();
  });

  it('shows each session: who, state, talk time, start', async () => {
    const startedAt = new Date(2026, 0, 5, 14, 2, 11).getTime();
    const { tag } = await list([
      aSession({ startedAt }),
      aSession({ caller: 'Qdb3W', callerName: 'Website', state: 'Ringing', talk: { ms: 0, since: null } }),
      aSession({ state: 'CalleeOnHold', talk: { ms: 80_000, since: null } }),
    ]);
    const [one, two, three] = rows(tag).map(cells);
    expect(one!.slice(0, 3)).to.deep.equal(['1001 Front desk', '1002 Sales', 'In call']);
    expect(one![3]).to.match(/^3:0[78]$/);
    expect(one![4]).to.match(/0?2:02:11|14:02:11/);
    expect(two!.slice(0, 4)).to.deep.equal(['Qdb3W Website', '1002 Sales', 'Ringing', '–']);
    expect(three!.slice(2, 4)).to.deep.equal(['Callee on hold', '1:20']);
    expect(one, 'no actions without the privilege').to.have.length(5);
  });

  it('counts by the phone system’s clock', async () => {
    const offset = 3_600_000;
    const { tag, fake } = await list([]);
    fake.set({
      clockOffset: offset,
      sessions: [aSession({ talk: { ms: 0, since: Date.now() + offset - 10_300 } })],
    });
    await rendered(tag);
    expect(cells(rows(tag)[0]!)[3]).to.match(/^0:1[01]$/);
    const before = cells(rows(tag)[0]!)[3];
    await waitUntil(() => cells(rows(tag)[0]!)[3] !== before, 'it goes on');
  });

  for (const scheme of ['light', 'dark'])
    it(`has a word and an icon for every state, accessibly, ${scheme}`, async () => {
      document.documentElement.style.colorScheme = scheme;
      try {
        const { tag } = await list(
          SESSION_STATES.map((state) => aSession({ state })),
          SUPERVISOR,
        );
        const words = rows(tag).map((row) => cells(row)[2]);
        expect(new Set(words).size).to.equal(SESSION_STATES.length);
        for (const row of rows(tag)) expect(row.querySelector('.state svg')).to.exist;
        await expect(tag).to.be.accessible();
      } finally {
        document.documentElement.style.colorScheme = '';
      }
    });

  it('tells the number of sessions, and nothing when a state or a timer changes', async () => {
    const session = aSession();
    const { tag, fake } = await list([session]);
    const status = find(tag, '[role=status]')!;
    expect(status.textContent).to.equal('1 session');
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(status, { childList: true, subtree: true, characterData: true });
    fake.set({ sessions: [{ ...session, state: 'OnHold' }] });
    await rendered(tag);
    changes += observer.takeRecords().length;
    expect(changes).to.equal(0);
    fake.set({ sessions: [session, aSession()] });
    await rendered(tag);
    expect(status.textContent).to.equal('2 sessions');
    observer.disconnect();
  });

  it('keeps the row of a session, and the focus in it, when others come and go', async () => {
    const [one, two, three] = [aSession(), aSession(), aSession({ caller: '1009' })];
    const { tag, fake } = await list([one, two], SUPERVISOR);
    const row = rows(tag)[1];
    action(tag, 1, 'Close').focus();
    const focused = tag.shadowRoot!.activeElement;
    fake.set({ sessions: [{ ...two, state: 'OnHold' }, three] });
    await rendered(tag);
    expect(rows(tag)).to.have.length(2);
    expect(rows(tag)[0]).to.equal(row);
    expect(focused).to.exist;
    expect(tag.shadowRoot!.activeElement).to.equal(focused);
    expect(cells(row!)[2]).to.equal('On hold');
    fake.set({ sessions: [] });
    await rendered(tag);
    fake.set({ sessions: [three] });
    await rendered(tag);
    expect(rows(tag).map((one) => cells(one)[0])).to.deep.equal(['1009 Front desk']);
  });

  describe('with the privilege', () => {
    it('offers what can be done in each state', async () => {
      const { tag } = await list(
        [
          aSession(),
          aSession({ state: 'OnHold' }),
          aSession({ state: 'Ringing' }),
          aSession({ state: 'Busy' }),
        ],
        SUPERVISOR,
      );
      expect(actions(tag, 0)).to.deep.equal([
        ['Hold', true],
        ['Transfer', true],
        ['Close', true],
      ]);
      expect(actions(tag, 1)[0]).to.deep.equal(['Resume', true]);
      expect(actions(tag, 2).map(([, usable]) => usable)).to.deep.equal([false, false, true]);
      expect(actions(tag, 3).map(([, usable]) => usable)).to.deep.equal([false, false, false]);
    });

    it('offers nothing that the phone system cannot do', async () => {
      const { tag, fake } = await list([aSession()], SUPERVISOR);
      fake.set({ capabilities: { ...SIGNED_IN.capabilities!, hold: false, blindTransfer: false } });
      await rendered(tag);
      expect(actions(tag, 0).map(([name]) => name)).to.deep.equal(['Close']);
    });

    it('takes the actions away with the privilege', async () => {
      const { tag, fake } = await list([aSession()], SUPERVISOR);
      fake.set({ identity: SIGNED_IN.identity });
      await rendered(tag);
      expect(find(tag, 'button')).to.equal(null);
      expect(rows(tag)[0]!.children).to.have.length(5);
    });

    it('holds, resumes and closes', async () => {
      const [one, two] = [aSession(), aSession({ state: 'CallerOnHold' })];
      const { tag, fake } = await list([one, two], SUPERVISOR);
      action(tag, 0, 'Hold').click();
      action(tag, 1, 'Resume').click();
      action(tag, 1, 'Close').click();
      expect(fake.commands).to.deep.equal([
        ['holdSession', one.id],
        ['unholdSession', two.id],
        ['closeSession', two.id],
      ]);
    });

    it('asks the page first', async () => {
      const session = aSession();
      const { tag, fake } = await list([session], SUPERVISOR);
      const seen: string[] = [];
      document.addEventListener(
        'ozeki-session-request',
        (event) => {
          seen.push(`${event.action} ${event.sessionId}`);
          event.preventDefault();
        },
        { once: true },
      );
      action(tag, 0, 'Close').click();
      expect(seen).to.deep.equal([`close ${session.id}`]);
      expect(fake.commands).to.deep.equal([]);
    });

    it('says what went wrong', async () => {
      const { tag, fake } = await list([aSession()], SUPERVISOR);
      fake.answer = () => Promise.reject(new PhoneError('forbidden', 'Not allowed.'));
      action(tag, 0, 'Close').click();
      await waitUntil(() => /not allowed/i.test(find(tag, '[role=alert]')?.textContent ?? ''));
      await expect(tag).to.be.accessible();
    });

    describe('transfer', () => {
      it('asks who leaves and where to, accessibly, from the keyboard', async () => {
        const session = aSession();
        const { tag, fake } = await list([session], SUPERVISOR);
        const panel = await openTransfer(tag);
        expect(panel.textContent).to.contain('Who leaves').and.contain('Front desk').and.contain('Sales');
        expect(panel.contains(tag.shadowRoot!.activeElement), 'the focus is in the panel').to.equal(true);
        await expect(tag).to.be.accessible();
        find(tag, '.panel input[type=radio]:not(:checked)')!.click();
        await send(tag, '1003');
        expect(fake.commands).to.deep.equal([['transferSession', session.id, 'callee', '1003']]);
        await waitUntil(() => !find(tag, '.panel'), 'the panel closes when it is confirmed');
      });

      it('goes to an extension that is picked', async () => {
        const session = aSession();
        const { tag, fake } = await list([session], SUPERVISOR);
        await openTransfer(tag);
        expect(
          [...tag.shadowRoot!.querySelectorAll('.pick .number')].map((one) => one.textContent),
        ).to.deep.equal(['1003']);
        find(tag, '.pick')!.click();
        await rendered(tag);
        find<HTMLFormElement & HTMLElement>(tag, '.panel form')!.requestSubmit();
        expect(fake.commands).to.deep.equal([['transferSession', session.id, 'caller', '1003']]);
      });

      it('closes on Escape, back to where it was opened; and when the session is over', async () => {
        const session = aSession();
        const { tag, fake } = await list([session], SUPERVISOR);
        await openTransfer(tag);
        await sendKeys({ press: 'Escape' });
        await waitUntil(() => !find(tag, '.panel'));
        await waitUntil(() => tag.shadowRoot!.activeElement === action(tag, 0, 'Transfer'));
        await openTransfer(tag);
        fake.set({ sessions: [{ ...session, state: 'CalleeHungUp' }] });
        await waitUntil(() => !find(tag, '.panel'));
        await waitUntil(
          () => tag.shadowRoot!.activeElement?.closest('[data-row]'),
          'the focus is in the row',
        );
      });

      it('asks for a number', async () => {
        const { tag, fake } = await list([aSession()], SUPERVISOR);
        await openTransfer(tag);
        await send(tag, ' ');
        expect(find(tag, '.panel [role=alert]')!.textContent).to.contain('Enter a number');
        expect(fake.commands).to.deep.equal([]);
      });
    });
  });

  describe('its layout', () => {
    it('is a table from 480 px on, and cards below, without anything to scroll sideways', async () => {
      await setViewport({ width: 1000, height: 800 });
      const { tag } = await list([aSession(), aSession()], SUPERVISOR);
      const wide = (width: number) => {
        tag.parentElement!.style.inlineSize = `${width}px`;
        return find(tag, '.scroll')!;
      };
      for (const width of [240, 300, 479, 640, 900]) {
        const scroll = wide(width);
        expect(scroll.scrollWidth, `${width} px`).to.be.at.most(scroll.clientWidth);
        const [caller, callee] = [...rows(tag)[0]!.children].map((cell) => cell.getBoundingClientRect());
        if (width < 480) expect(callee!.top).to.be.at.least(caller!.bottom);
        else expect(callee!.top).to.equal(caller!.top);
        await expect(tag).to.be.accessible();
      }
    });

    it('keeps the head in sight while it scrolls', async () => {
      const { tag } = await list(Array.from({ length: 30 }, () => aSession()));
      tag.parentElement!.style.inlineSize = '640px';
      const scroll = find(tag, '.scroll')!;
      scroll.scrollTop = 300;
      const head = find(tag, 'thead th')!.getBoundingClientRect();
      expect(Math.round(head.top)).to.equal(Math.round(scroll.getBoundingClientRect().top));
    });
  });

  it('lets go of the phone when it leaves, and comes back', async () => {
    const { tag, fake } = await list([aSession()]);
    const parent = tag.parentElement!;
    tag.remove();
    expect(fake.listenerCount).to.equal(0);
    parent.append(tag);
    await rendered(tag);
    expect(rows(tag)).to.have.length(1);
  });
});
