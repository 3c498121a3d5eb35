import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-call-history.js';
import type { OzekiCallHistory } from '../../src/elements/ozeki-call-history/ozeki-call-history.js';
import type { HistoryPage, HistoryRecord } from '../../src/phone/control/control.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { PhoneState, Session } from '../../src/phone/state.js';
import { SIGNED_IN, SIGNED_OUT, type FakePhone } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

const LINE = { id: 'website', name: 'Website', kind: 'line', type: 'Webphone outside line', status: 'idle' };
const STATE = { ...SIGNED_IN, extensions: [LINE] } as unknown as PhoneState;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Noon of a day, so that no test is about midnight. */
const noon = (daysAgo = 0) => new Date().setHours(12, 0, 0, 0) - daysAgo * DAY;

let made = 0;

/** A call 1002 Sales made to 1001 Front desk, which was talked in for two minutes. */
function aRecord(differences: Partial<HistoryRecord> = {}): HistoryRecord {
  const startedAt = differences.startedAt ?? noon();
  const callId = `session-${++made}`;
  return {
    ...{ callId, masterId: callId, startedAt, answeredAt: startedAt + 5000, endedAt: startedAt + 125_000 },
    ...{ talkMs: 120_000, direction: 'Internal', source: '1002', destination: '1001', caller: '1002' },
    ...{ callee: '1001', callerName: 'Sales', calleeName: 'Front desk', dialed: '1001' },
    ...{ state: 'CallerHungUp' },
    ...differences,
  };
}
const unanswered = (state: string, differences: Partial<HistoryRecord> = {}) =>
  aRecord({ state, answeredAt: null, talkMs: 0, ...differences });
const outgoing = { caller: '1001', callerName: 'Front desk', callee: '1003', calleeName: 'Support' };

/** Answers as the phone system does, so far as the tag asks. */
function keep(fake: FakePhone, records: HistoryRecord[]): void {
  fake.control.answerHistory = ({ page = 0, rows = 50, own, general = '', endedFrom = 0 }): HistoryPage => {
    const missed = ({ answeredAt, callee, state }: HistoryRecord) =>
      answeredAt === null && callee === '1001' && !['Busy', 'Redirected'].includes(state);
    const fits = records.filter(
      (record) =>
        (own === 'missed' ? missed(record) : own !== 'outgoing' || record.caller === '1001') &&
        record.callerName.toLowerCase().includes(general) &&
        record.endedAt! >= endedFrom,
    );
    return { total: fits.length, records: fits.slice(page * rows, (page + 1) * rows) };
  };
}

async function history(records: HistoryRecord[], attributes = '', state = STATE) {
  localStorage.clear();
  const made = await withPhone<OzekiCallHistory>(
    `<ozeki-call-history ${attributes}></ozeki-call-history>`,
    SIGNED_OUT,
  );
  keep(made.fake, records);
  made.fake.set(state);
  if (state.identity && state.capabilities?.control)
    await waitUntil(() => !made.tag.matches(':state(loading)') && made.fake.control.queries.length);
  await rendered(made.tag);
  return made;
}

const words = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const rows = (tag: Element) => [...tag.shadowRoot!.querySelectorAll<HTMLElement>('[data-row]')];
/** What a row says, without what is only read aloud. */
const says = (row: HTMLElement) => {
  const copy = row.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll('.visually-hidden, time')) hidden.remove();
  return words(copy);
};
const button = (tag: Element, name: string) =>
  [...tag.shadowRoot!.querySelectorAll('button')].find((one) => (one.ariaLabel ?? words(one)) === name)!;
const badge = (tag: Element) => tag.shadowRoot!.querySelector('[part~=badge]')?.textContent.trim();

/** Waits until the page that was asked for is shown. */
const settled = (tag: OzekiCallHistory) => waitUntil(() => !tag.matches(':state(loading)'));

async function search(tag: OzekiCallHistory, fake: FakePhone, text: string): Promise<void> {
  const asked = fake.control.queries.length;
  const field = inside<HTMLInputElement>(tag, 'input');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await waitUntil(() => fake.control.queries.length > asked);
  await settled(tag);
  await rendered(tag);
}

/** A session that was closed, as the phone system tells it. */
const closed = (differences: Partial<Session> = {}) => ({
  type: 'session' as const,
  closed: true,
  session: { caller: '1002', callee: '1001', dialedNumber: '1001', ...differences } as Session,
});

describe('<ozeki-call-history>', () => {
  it('says which way each call went, with whom, and what became of it', async () => {
    const { tag } = await history([
      aRecord(),
      aRecord({ ...outgoing }),
      unanswered('Cancelled', { callerName: 'Mum', caller: '1005' }),
      unanswered('Busy'),
      unanswered('Redirected'),
      unanswered('NotAnswered', outgoing),
      unanswered('Busy', outgoing),
      unanswered('NotFound', { ...outgoing, callee: '4711', calleeName: '' }),
      aRecord({ callee: '1003', calleeName: 'Support' }),
      aRecord({ source: 'website', caller: 'Qdb3W', callerName: 'Website visitor', direction: 'Inbound' }),
    ]);
    expect(rows(tag).map(says)).to.deep.equal([
      'Sales 2:00 · 1002',
      'Support 2:00 · 1003',
      'Mum Missed · 1005',
      'Sales Declined · 1002',
      'Sales Forwarded · 1002',
      'Support No answer · 1003',
      'Support Busy · 1003',
      '4711 Not reached',
      'Sales Answered by Support · 1002',
      'Website visitor 2:00 · Qdb3W · outside line Website',
    ]);
    expect(rows(tag).map((row) => row.classList[1])).to.deep.equal([
      ...['incoming', 'outgoing', 'missed', 'incoming', 'incoming', 'outgoing', 'outgoing', 'outgoing'],
      ...['incoming', 'incoming'],
    ]);
    expect(words(rows(tag)[1]!)).to.include('Outgoing call, 2:00');
    expect(rows(tag)[9]!.querySelector('button'), 'a visitor is gone').to.equal(null);
    await expect(tag).to.be.accessible();
  });

  it('is by day, by this device’s clock', async () => {
    const older = new Date(2021, 2, 4, 9, 5).getTime();
    const offset = 3 * DAY;
    const { tag } = await history(
      [noon() + offset, noon(1) + offset, older + offset].map((startedAt) => aRecord({ startedAt })),
      'lang="en-GB"',
      { ...STATE, clockOffset: offset },
    );
    const days = [...tag.shadowRoot!.querySelectorAll('h3')].map(words);
    expect(days).to.deep.equal(['Today', 'Yesterday', 'Thursday, 4 March 2021']);
    expect(words(rows(tag)[2]!.querySelector('time')!)).to.equal('09:05');
  });

  it('calls back, after it asked the page', async () => {
    const { tag, fake, host } = await history([aRecord(), aRecord(outgoing)]);
    const asked: unknown[] = [];
    host.addEventListener('ozeki-dial', (event) => asked.push(event.detail, fake.commands.length));
    button(tag, 'Call back Sales').click();
    button(tag, 'Call back Support').click();
    expect(asked).to.deep.equal([{ number: '1002', video: false }, 0, { number: '1003', video: false }, 1]);
    expect(fake.commands).to.deep.equal([
      ['dial', '1002'],
      ['dial', '1003'],
    ]);
    host.addEventListener('ozeki-dial', (event) => event.preventDefault());
    button(tag, 'Call back Sales').click();
    expect(fake.commands).to.have.length(2);
  });

  it('says what went wrong with that', async () => {
    const { tag, fake } = await history([aRecord()]);
    fake.answer = () => Promise.reject(new PhoneError('unavailable', 'x'));
    button(tag, 'Call back Sales').click();
    await waitUntil(() => words(inside(tag, '[part~=notice]')).includes('not available'));
    await expect(tag).to.be.accessible();
  });

  it('shows what the filter says, and asks the phone system for it', async () => {
    const { tag, fake } = await history([aRecord(), unanswered('Cancelled'), aRecord(outgoing)]);
    for (const [name, own, count] of [
      ['Missed', 'missed', 1],
      ['Outgoing', 'outgoing', 1],
      ['Incoming', 'incoming', 3],
      ['All', 'all', 3],
    ] as const) {
      button(tag, name).click();
      await rendered(tag);
      await settled(tag);
      await rendered(tag);
      expect(fake.control.queries.at(-2)!.own).to.equal(own);
      expect(button(tag, name).ariaPressed).to.equal('true');
      expect(rows(tag)).to.have.length(count);
      if (own !== 'all')
        expect(words(inside(tag, '.pager + [role=status]'))).to.equal(`${count} call${count > 1 ? 's' : ''}`);
    }
  });

  it('searches as one types, and says when there is nothing', async () => {
    const { tag, fake } = await history([aRecord(), aRecord({ callerName: 'Reception' })]);
    await search(tag, fake, 'recep');
    expect(rows(tag).map(says)).to.deep.equal(['Reception 2:00 · 1002']);
    expect(fake.control.queries.at(-2)).to.include({ general: 'recep', page: 0 });
    await search(tag, fake, 'nobody');
    expect(shown(tag)).to.include('No calls like that.');
    await expect(tag).to.be.accessible();
    inside(tag, 'input').focus();
    await sendKeys({ press: 'Escape' });
    await settled(tag);
    await rendered(tag);
    expect(rows(tag)).to.have.length(2);
  });

  it('turns pages, and says where it is', async () => {
    const { tag, fake } = await history(
      Array.from({ length: 7 }, (_, index) => aRecord({ callerName: `Caller ${index + 1}` })),
      'rows="3"',
    );
    const range = () => words(inside(tag, '.pager .muted'));
    expect(range()).to.equal('1–3 of 7');
    expect(button(tag, 'Newer').ariaDisabled).to.equal('true');
    for (const expected of ['4–6 of 7', '7–7 of 7']) {
      button(tag, 'Older').click();
      await rendered(tag);
      await settled(tag);
      await rendered(tag);
      expect(range()).to.equal(expected);
      expect(words(inside(tag, '.pager + [role=status]'))).to.equal(expected);
    }
    expect(button(tag, 'Older').ariaDisabled).to.equal('true');
    const asked = fake.control.queries.length;
    button(tag, 'Older').click();
    await rendered(tag);
    expect(fake.control.queries).to.have.length(asked);
    button(tag, 'Newer').click();
    await rendered(tag);
    await settled(tag);
    await rendered(tag);
    expect(range()).to.equal('4–6 of 7');
    await expect(tag).to.be.accessible();
  });

  it('shows a call when it has ended, and keeps the focus where it was', async () => {
    const records = [aRecord()];
    const { tag, fake } = await history(records);
    button(tag, 'Call back Sales').focus();
    const focused = tag.shadowRoot!.activeElement;
    records.unshift(aRecord({ caller: '1003', callerName: 'Support' }));
    fake.control.tell(closed({ caller: '1003' }));
    await waitUntil(() => rows(tag).length === 2, 'it is there');
    expect(tag.shadowRoot!.activeElement).to.equal(focused);
    const asked = fake.control.queries.length;
    fake.control.tell(closed({ caller: '1003', callee: '1002', dialedNumber: '1002' }));
    fake.control.tell({ ...closed(), closed: false });
    await rendered(tag);
    expect(fake.control.queries).to.have.length(asked);
  });

  it('asks once for many that end', async () => {
    const { tag, fake } = await history([aRecord()]);
    const asked = fake.control.queries.length;
    for (let count = 0; count < 20; count++) fake.control.tell(closed());
    await waitUntil(() => fake.control.queries.length > asked, 'it asks');
    await settled(tag);
    expect(fake.control.queries).to.have.length(asked + 2);
  });

  describe('missed calls', () => {
    const missed = (endedAt: number) => unanswered('Cancelled', { startedAt: endedAt - 1000, endedAt });

    it('are counted until somebody looks, and stay seen', async () => {
      const records = [missed(Date.now() - 2000), missed(Date.now() - 3000)];
      const { tag, fake, host } = await history(records, 'hidden');
      const counts: number[] = [];
      tag.addEventListener('ozeki-missed-change', (event) => counts.push(event.count));
      expect(badge(tag)).to.equal('2');
      expect(tag.missed).to.equal(2);
      expect(tag.matches(':state(missed)')).to.equal(true);
      expect(shown(tag)).to.include('2 missed calls');
      tag.hidden = false;
      await waitUntil(() => tag.missed === 0, 'they are seen');
      await rendered(tag);
      expect(counts).to.deep.equal([0]);
      expect(tag.matches(':state(missed)')).to.equal(false);
      expect(badge(tag)).to.equal(undefined);
      expect(rows(tag).filter((row) => row.classList.contains('new'))).to.have.length(2);
      await expect(tag).to.be.accessible();

      tag.hidden = true;
      await rendered(tag);
      records.unshift(missed(Date.now() + 1000));
      fake.control.tell(closed());
      await waitUntil(() => tag.missed === 1, 'another one');

      const again = document.createElement('ozeki-call-history');
      again.hidden = true;
      host.append(again);
      await waitUntil(() => again.missed === 1, 'another tag knows what was seen');
      again.remove();
    });

    it('are not seen on a page where they are not', async () => {
      const { tag } = await history([missed(Date.now() - 2000)], 'filter="outgoing"');
      await rendered(tag);
      expect(tag.missed).to.equal(1);
      expect(badge(tag)).to.equal('1');
      await expect(tag).to.be.accessible();
    });

    it('are counted where the browser keeps nothing', async () => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = () => {
        throw new DOMException('No.', 'SecurityError');
      };
      try {
        const { tag } = await history([missed(Date.now() - 2000)], 'hidden');
        expect(tag.missed).to.equal(1);
        tag.hidden = false;
        await waitUntil(() => tag.missed === 0, 'they are seen');
      } finally {
        Storage.prototype.setItem = setItem;
      }
    });
  });

  it('shows everybody’s calls to who may see them, and to nobody else', async () => {
    const records = [aRecord({ caller: '1002', callee: '1003', calleeName: 'Support', dialed: '1003' })];
    const privileges = ['history'] as const;
    const boss = { ...STATE, identity: { ...STATE.identity!, privileges: [...privileges] } };
    const { tag, fake } = await history(records, 'everyone', boss);
    expect(fake.control.queries[0]!.own).to.equal('');
    expect(rows(tag).map(says)).to.deep.equal(['Sales to Support 2:00 · 1003']);
    expect(button(tag, 'Missed')).to.equal(undefined);
    fake.set({ identity: { ...STATE.identity!, privileges: [] } });
    await waitUntil(() => fake.control.queries.at(-2)!.own === 'all');
    await expect(tag).to.be.accessible();
  });

  describe('says why there is nothing to see:', () => {
    for (const [name, state, sentence] of [
      ['signed out', SIGNED_OUT, 'Sign in to see your calls.'],
      [
        'a phone system without',
        { ...STATE, capabilities: { ...STATE.capabilities!, control: false } },
        'keeps no history',
      ],
      ['no calls yet', STATE, 'No calls yet'],
    ] as const) {
      it(name, async () => {
        const { tag } = await history([], '', state);
        expect(shown(tag)).to.include(sentence);
        expect(tag.matches(':state(empty)')).to.equal(true);
        await expect(tag).to.be.accessible();
      });
    }

    it('loading', async () => {
      const { tag, fake } = await history([], '', SIGNED_OUT);
      fake.control.answerHistory = () => new Promise(() => {});
      fake.set(STATE);
      await waitUntil(() => tag.matches(':state(loading)'));
      await rendered(tag);
      expect(shown(tag)).to.include('Loading…');
      await expect(tag).to.be.accessible();
    });

    it('failed, and tries again', async () => {
      const { tag, fake } = await history([], '', SIGNED_OUT);
      fake.control.answerHistory = () => Promise.reject(new PhoneError('timeout', 'x'));
      fake.set(STATE);
      await waitUntil(() => tag.matches(':state(failed)'));
      await rendered(tag);
      expect(shown(tag)).to.include('The calls could not be loaded.');
      await expect(tag).to.be.accessible();
      keep(fake, [aRecord()]);
      button(tag, 'Try again').click();
      await waitUntil(() => rows(tag).length === 1);
    });

    it('the phone system wants to be asked later', async () => {
      const { tag, fake } = await history([], '', SIGNED_OUT);
      fake.control.answerHistory = () => Promise.reject(new PhoneError('rate-limited', 'x'));
      fake.set(STATE);
      await waitUntil(() => fake.control.queries.length);
      keep(fake, [aRecord()]);
      await waitUntil(() => rows(tag).length === 1, 'it asked again');
      expect(tag.matches(':state(failed)')).to.equal(false);
    });
  });

  it('shows one person’s calls never to another', async () => {
    const { tag, fake } = await history([aRecord()]);
    fake.control.answerHistory = () => new Promise(() => {});
    fake.set(SIGNED_OUT);
    await rendered(tag);
    expect(rows(tag)).to.have.length(0);
    fake.set({ ...STATE, identity: { ...STATE.identity!, number: '1004' } });
    await waitUntil(() => shown(tag).includes('Loading…'));
    expect(rows(tag)).to.have.length(0);
  });

  it('is one stop of the Tab key with arrow keys in it', async () => {
    const { tag } = await history([aRecord(), aRecord(outgoing), aRecord({ callerName: 'Reception' })]);
    const names = () => tag.shadowRoot!.activeElement?.getAttribute('aria-label');
    inside(tag, 'input').focus();
    await sendKeys({ press: 'Tab' });
    expect(names()).to.equal('Call back Sales');
    await sendKeys({ press: 'ArrowDown' });
    expect(names()).to.equal('Call back Support');
    await sendKeys({ press: 'End' });
    expect(names()).to.equal('Call back Reception');
    await sendKeys({ press: 'Home' });
    expect(names()).to.equal('Call back Sales');
    await sendKeys({ press: 'ArrowUp' });
    expect(names()).to.equal('Call back Sales');
    await sendKeys({ press: 'Tab' });
    expect(words(tag.shadowRoot!.activeElement!)).to.equal('Newer');
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    expect(names()).to.equal('Call back Sales');
  });

  for (const scheme of ['light', 'dark'])
    it(`is accessible and fits, ${scheme}, from narrow to wide, in both directions`, async () => {
      const { tag, host } = await history([
        unanswered('Cancelled', {
          callerName: 'A name that is very long and does not fit into any narrow column',
        }),
        aRecord({ startedAt: noon(1) }),
      ]);
      host.style.colorScheme = scheme;
      for (const width of [240, 300, 480, 900]) {
        host.style.width = `${width}px`;
        host.dir = width % 480 ? 'ltr' : 'rtl';
        await rendered(tag);
        const base = inside(tag, '.base');
        expect(base.scrollWidth, `${width} px`).to.be.at.most(base.clientWidth);
        await expect(tag).to.be.accessible();
      }
    });

  it('lets go of the phone when it leaves, and comes back', async () => {
    const { tag, fake } = await history([aRecord()]);
    const parent = tag.parentElement!;
    tag.remove();
    expect([fake.listenerCount, fake.control.listenerCount]).to.deep.equal([0, 0]);
    parent.append(tag);
    await waitUntil(() => fake.control.listenerCount === 1);
    await settled(tag);
    expect(rows(tag)).to.have.length(1);
  });
});
