import { aTimeout, expect, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import '../../src/define/ozeki-session-list.js';
import type { OzekiSessionList } from '../../src/elements/ozeki-session-list/ozeki-session-list.js';
import type { PhoneState, Session } from '../../src/phone/state.js';
import { SIGNED_IN } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

/** Session number `index`, of 1000 + index with 2000 + index. */
function session(index: number, differences: Partial<Session> = {}): Session {
  return {
    id: `s${index}`,
    masterId: `s${index}`,
    state: 'InCall',
    direction: 'Internal',
    caller: `${1000 + index}`,
    callee: `${2000 + index}`,
    callerName: index === 7 ? 'Front desk' : '',
    calleeName: '',
    callerLegId: '',
    calleeLegId: '',
    source: '',
    sourceType: '',
    destination: '',
    destinationType: '',
    dialedNumber: '',
    startedAt: 1_000_000 + index,
    stateSince: 0,
    talk: { ms: index * 1000, since: null },
    ...differences,
  };
}

const sessions = (count: number) => Array.from({ length: count }, (_, index) => session(index));

const SUPERVISOR: PhoneState = {
  ...SIGNED_IN,
  identity: { ...SIGNED_IN.identity!, number: '1004', privileges: ['sessions.view', 'sessions.modify'] },
};

async function grid(count: number, markup = '', state: PhoneState = SIGNED_IN) {
  const made = await withPhone<OzekiSessionList>(`<ozeki-session-list ${markup}></ozeki-session-list>`, {
    ...state,
    sessions: sessions(count),
  });
  if (count <= 50) made.tag.dispatchEvent(new Event('pointerover'));
  await waitUntil(() => table(made.tag).role === 'grid', 'the grid is loaded');
  if (state === SUPERVISOR) await waitUntil(() => made.tag.shadowRoot!.querySelector('.action'));
  await rendered(made.tag);
  return made;
}

const table = (tag: OzekiSessionList) => inside(tag, 'table');
const scroll = (tag: OzekiSessionList) => inside(tag, '.scroll');
const rows = (tag: OzekiSessionList) => [...tag.shadowRoot!.querySelectorAll<HTMLElement>('[data-row]')];
const ids = (tag: OzekiSessionList) => rows(tag).map((row) => row.dataset.row);
const row = (tag: OzekiSessionList, id: string) => inside(tag, `[data-row="${id}"]`);
const focused = (tag: OzekiSessionList) => tag.shadowRoot!.activeElement as HTMLElement | null;
const focusedRow = (tag: OzekiSessionList) => focused(tag)?.closest<HTMLElement>('[data-row]')?.dataset.row;
const head = (tag: OzekiSessionList, name: string) =>
  [...tag.shadowRoot!.querySelectorAll<HTMLElement>('th button')].find(
    (one) => one.textContent.trim() === name,
  )!;

/** The rows that can be seen now, below the head. */
function visible(tag: OzekiSessionList): (string | undefined)[] {
  const { top, bottom } = scroll(tag).getBoundingClientRect();
  const under = top + inside(tag, 'thead').offsetHeight;
  return rows(tag)
    .filter((one) => {
      const rect = one.getBoundingClientRect();
      return rect.bottom > under + 1 && rect.top < bottom - 1;
    })
    .map((one) => one.dataset.row);
}

async function press(tag: OzekiSessionList, ...keys: string[]): Promise<void> {
  for (const key of keys) await sendKeys({ press: key });
  await rendered(tag);
}

/** Scrolls, and waits until the rows that are there can be seen. */
async function scrollTo(tag: OzekiSessionList, top: number): Promise<void> {
  scroll(tag).scrollTop = top;
  await oneEvent(scroll(tag), 'scroll');
  await nextFrame();
  await nextFrame();
}

describe('<ozeki-session-list> with 10,000 sessions', () => {
  before(() => setViewport({ width: 1000, height: 800 }));

  it('draws those that can be seen, and says how many there are', async () => {
    const { tag } = await grid(10_000);
    expect(rows(tag).length).to.be.below(40);
    expect(table(tag).ariaRowCount).to.equal('10001');
    expect(visible(tag)[0]).to.equal('s0');
    await scrollTo(tag, 200_000);
    const seen = visible(tag);
    expect(seen.length).to.be.at.least(8);
    const index = Number(seen[0]!.slice(1));
    expect(seen).to.deep.equal(seen.map((_, step) => `s${index + step}`));
    expect(row(tag, seen[0]!).ariaRowIndex).to.equal(`${index + 2}`);
    expect(rows(tag).length).to.be.below(40);
    await expect(tag).to.be.accessible();
    await scrollTo(tag, 10_000_000);
    expect(visible(tag).at(-1)).to.equal('s9999');
  });

  it('draws what can be seen of it in a page that scrolls', async () => {
    const { tag } = await grid(1000);
    tag.style.setProperty('--ozeki-size-list', 'none');
    await waitUntil(() => scroll(tag).clientHeight > 20_000);
    await waitUntil(() => rows(tag).length < 60);
    window.scrollTo(0, 20_000);
    await waitUntil(() => ids(tag).includes('s450'));
    expect(rows(tag).length).to.be.below(60);
    window.scrollTo(0, 0);
  });

  it('shows what changes once for each picture', async () => {
    const { tag, fake } = await grid(10_000);
    let drawn = 0;
    const observer = new MutationObserver(() => drawn++);
    observer.observe(table(tag), { subtree: true, childList: true, characterData: true });
    const list = sessions(10_000);
    for (let change = 0; change < 100; change++) {
      list[change % 8] = session(change % 8, { state: change % 2 ? 'OnHold' : 'InCall' });
      fake.set({ sessions: [...list] });
    }
    await nextFrame();
    await nextFrame();
    observer.disconnect();
    expect(drawn).to.be.at.most(2);
    expect(row(tag, 's1').textContent).to.contain('On hold');
  });

  it('stays where it is when sessions above come to an end', async () => {
    const { tag, fake } = await grid(5000);
    await scrollTo(tag, 44 * 1000);
    const [first] = visible(tag);
    const top = () => row(tag, first!).getBoundingClientRect().top;
    const before = top();
    fake.set({ sessions: sessions(5000).filter((_, index) => index > 20) });
    await rendered(tag);
    await nextFrame();
    await nextFrame();
    expect(visible(tag)).to.include(first);
    expect(Math.abs(top() - before)).to.be.below(2);
  });

  it('does not tell each number while sessions come and go', async () => {
    const { tag, fake } = await grid(10_000);
    const status = inside(tag, '[role=status]');
    expect(status.textContent).to.equal('10000 sessions');
    for (const count of [10_001, 10_002, 10_003]) {
      fake.set({ sessions: sessions(count) });
      await rendered(tag);
    }
    expect(status.textContent).to.equal('10000 sessions');
    await waitUntil(() => status.textContent === '10003 sessions', 'it is told later');
  });

  it('has cards of one height where it is narrow', async () => {
    const { tag } = await grid(1000);
    tag.parentElement!.style.inlineSize = '300px';
    await waitUntil(() => row(tag, 's0').offsetHeight > 80);
    await scrollTo(tag, 9200);
    expect(visible(tag)).to.include('s101');
    expect(scroll(tag).scrollWidth).to.be.at.most(scroll(tag).clientWidth);
    await expect(tag).to.be.accessible();
  });
});

describe('<ozeki-session-list> from the keyboard', () => {
  it('is one stop, and walks with the arrow keys', async () => {
    const { tag } = await grid(1000);
    row(tag, 's0').focus();
    await press(tag, 'ArrowDown', 'ArrowDown');
    expect(focusedRow(tag)).to.equal('s2');
    expect(rows(tag).filter((one) => one.tabIndex === 0)).to.deep.equal([row(tag, 's2')]);
    await press(tag, 'End');
    expect(focusedRow(tag)).to.equal('s999');
    expect(visible(tag)).to.include('s999');
    await press(tag, 'ArrowDown', 'PageUp');
    expect(Number(focusedRow(tag)!.slice(1))).to.be.within(975, 995);
    await press(tag, 'Home', 'ArrowUp');
    expect(focusedRow(tag)).to.equal('s0');
    await waitUntil(() => visible(tag).includes('s0'));
  });

  it('keeps the focus on a session that is scrolled away, moved, and gone', async () => {
    const { tag, fake } = await grid(1000);
    row(tag, 's3').focus();
    await scrollTo(tag, 20_000);
    expect(focusedRow(tag)).to.equal('s3');
    await scrollTo(tag, 0);
    head(tag, 'Caller').click();
    head(tag, 'Caller').click();
    await rendered(tag);
    head(tag, 'Caller').click();
    await rendered(tag);
    expect(focusedRow(tag)).to.equal('s3');
    fake.set({ sessions: sessions(1000).reverse() });
    await rendered(tag);
    expect(focusedRow(tag)).to.equal('s3');
    expect(row(tag, 's3').ariaRowIndex).to.equal('998');
    fake.set({ sessions: sessions(1000).filter(({ id }) => id !== 's3') });
    await rendered(tag);
    await waitUntil(() => focusedRow(tag), 'the focus is in the row that came in its place');
    fake.set({ sessions: [] });
    await waitUntil(() => focused(tag)?.localName === 'h2', 'of nothing, the title is where to go on');
  });

  it('reaches what can be done with a row to the side', async () => {
    const { tag } = await grid(3, '', SUPERVISOR);
    row(tag, 's0').focus();
    await press(tag, 'ArrowRight', 'ArrowRight');
    expect(focused(tag)!.ariaLabel).to.equal('Transfer');
    await press(tag, 'ArrowDown');
    expect([focusedRow(tag), focused(tag)!.ariaLabel]).to.deep.equal(['s1', 'Transfer']);
    await press(tag, 'ArrowLeft', 'ArrowLeft');
    expect(focused(tag)).to.equal(row(tag, 's1'));
    tag.dir = 'rtl';
    await press(tag, 'ArrowLeft');
    expect(focused(tag)!.ariaLabel).to.equal('Hold');
  });
});

describe('<ozeki-session-list> sorts, searches and selects', () => {
  it('sorts by the head of a column: up, down, not at all', async () => {
    const { tag } = await grid(30);
    head(tag, 'Talk').click();
    await rendered(tag);
    expect(ids(tag).slice(0, 3)).to.deep.equal(['s0', 's1', 's2']);
    expect(head(tag, 'Talk').closest('th')!.ariaSort).to.equal('ascending');
    head(tag, 'Talk').click();
    await rendered(tag);
    expect(ids(tag).slice(0, 3)).to.deep.equal(['s29', 's28', 's27']);
    expect(head(tag, 'Talk').closest('th')!.ariaSort).to.equal('descending');
    await expect(tag).to.be.accessible();
    head(tag, 'Talk').click();
    await rendered(tag);
    expect(ids(tag)[0]).to.equal('s0');
    expect(head(tag, 'Talk').closest('th')!.ariaSort).to.equal(null);
  });

  it('keeps a long list in order while it changes', async () => {
    const { tag, fake } = await grid(2000);
    head(tag, 'State').click();
    await rendered(tag);
    const list = sessions(2000);
    list[1999] = session(1999, { state: 'Aborted' });
    fake.set({ sessions: list });
    await waitUntil(() => ids(tag)[0] === 's1999');
    expect(row(tag, 's1999').ariaRowIndex).to.equal('2');
  });

  it('finds by number, name and state', async () => {
    const { tag, fake } = await grid(2000);
    const field = inside<HTMLInputElement>(tag, '.find');
    const find = async (text: string) => {
      field.value = text;
      field.dispatchEvent(new InputEvent('input'));
      await rendered(tag);
    };
    await find('front');
    expect(ids(tag)).to.deep.equal(['s7']);
    expect(table(tag).ariaRowCount).to.equal('2');
    expect(row(tag, 's7').ariaRowIndex).to.equal('2');
    await find('nobody');
    expect(shown(tag)).to.contain('No session matches.');
    await expect(tag).to.be.accessible();
    await find('on hold');
    fake.set({ sessions: [...sessions(1999), session(1999, { state: 'OnHold' })] });
    await waitUntil(() => ids(tag).join() === 's1999');
    await find('');
    expect(table(tag).ariaRowCount).to.equal('2001');
  });

  it('selects one or several, by pointer and keyboard, until they are over', async () => {
    const { tag, fake } = await grid(10, 'selection="multiple"');
    const told: (readonly string[])[] = [];
    tag.addEventListener('ozeki-selection-change', (event) => told.push(event.sessionIds));
    row(tag, 's1').click();
    row(tag, 's4').dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, shiftKey: true }));
    await rendered(tag);
    expect(tag.selectedSessions).to.deep.equal(['s1', 's2', 's3', 's4']);
    expect(row(tag, 's2').ariaSelected).to.equal('true');
    expect(table(tag).ariaMultiSelectable).to.equal('true');
    await expect(tag).to.be.accessible();
    row(tag, 's2').focus();
    await press(tag, ' ');
    expect(tag.selectedSessions).to.deep.equal(['s1', 's3', 's4']);
    fake.set({ sessions: sessions(10).slice(4) });
    await rendered(tag);
    expect(tag.selectedSessions).to.deep.equal(['s4']);
    expect(told.at(-1)).to.deep.equal(['s4']);
    tag.selection = 'single';
    await rendered(tag);
    row(tag, 's7').click();
    await rendered(tag);
    expect(tag.selectedSessions).to.deep.equal(['s7']);
    tag.selection = '';
    await rendered(tag);
    expect(tag.selectedSessions).to.deep.equal([]);
    expect(row(tag, 's7').ariaSelected).to.equal(null);
  });

  it('lets go of the phone when it leaves, and comes back', async () => {
    const { tag, fake } = await grid(1000);
    const parent = tag.parentElement!;
    tag.remove();
    await aTimeout(0);
    expect(fake.listenerCount).to.equal(0);
    parent.append(tag);
    await rendered(tag);
    fake.set({ sessions: sessions(3) });
    await waitUntil(() => ids(tag).length === 3);
  });
});
