import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { PhoneCall } from '../../src/phone/state.js';
import { END_REASONS } from '../../src/protocol/entities.js';
import { SIGNED_IN, SIGNED_OUT } from '../support/fake-phone.js';
import {
  aCall,
  announced,
  button,
  card,
  find,
  incoming,
  names,
  onHold,
  rendered,
  shown,
  still,
  unanswered,
} from './calls.js';
import { waitUntil } from '../support/wait.js';

const SIX = ['Mute', 'Keypad', 'Camera', 'Hold', 'Transfer', 'Add call'];

/** Each state the card can be in, by a call. */
const STATES: Record<string, () => PhoneCall[]> = {
  'no call': () => [],
  'asking for the microphone': () => [unanswered({ state: 'preparing', media: 'idle' })],
  dialing: () => [unanswered({ state: 'dialing' })],
  'ringing there': () => [unanswered({ state: 'ringing' })],
  'ringing here': () => [incoming()],
  active: () => [aCall()],
  muted: () => [aCall({ muted: true })],
  'held by us': () => [onHold()],
  'held by them': () => [aCall({ heldRemotely: true })],
  'without sound': () => [aCall({ media: 'interrupted' })],
  'with a failed connection': () => [aCall({ media: 'failed' })],
  'with a refused camera': () => [aCall({ camera: 'refused' })],
  'with a failed transfer': () => [aCall({ transfer: { to: '1004', state: 'failed', reason: 'busy' } })],
  'with one held and one waiting': () => [aCall(), onHold(), incoming()],
  ended: () => [aCall({ state: 'ended', endReason: 'busy', talk: { ms: 3000, since: null } })],
};

const FEATURES: ('light' | 'dark')[] = ['light', 'dark'];

describe('<ozeki-call>', () => {
  describe('is accessible', () => {
    after(() => {
      document.documentElement.style.colorScheme = '';
    });
    for (const scheme of FEATURES)
      for (const [name, calls] of Object.entries(STATES))
        it(`${name}, ${scheme}`, async () => {
          document.documentElement.style.colorScheme = scheme;
          const { tag } = await card(...calls());
          await still(tag);
          await expect(tag).to.be.accessible();
        });
  });

  describe('without a call', () => {
    it('says how to get one', async () => {
      const { tag } = await card();
      expect(shown(tag)).to.contain('No call').and.contain('Dial a number');
      expect(names(tag)).to.deep.equal([]);
      expect(tag.matches(':state(empty)')).to.equal(true);
    });

    it('says that nobody is signed in, or that it is connecting', async () => {
      const { tag, fake } = await card();
      fake.set(SIGNED_OUT);
      await rendered(tag);
      expect(shown(tag)).to.contain('Sign in');
      fake.set({ connection: { ...SIGNED_OUT.connection, status: 'connecting' } });
      await rendered(tag);
      expect(shown(tag)).to.contain('Connecting');
    });

    it('shows the empty slot of the page', async () => {
      const { tag } = await card();
      tag.innerHTML = '<p slot="empty">Nobody here</p>';
      const slot = find<HTMLSlotElement & HTMLElement>(tag, 'slot')!;
      expect(slot.assignedElements()).to.have.length(1);
    });
  });

  describe('a call that rings here', () => {
    it('shows who it is and from which line, and gives the choices', async () => {
      const { tag } = await card(incoming());
      expect(shown(tag)).to.contain('Website visitor').and.contain('Qdb3W · outside line website');
      expect(names(tag)).to.deep.equal(['Accept', 'Accept with video', 'Reject', 'Forward']);
      expect(tag.matches(':state(ringing)')).to.equal(true);
    });

    it('is accepted, with and without video, and rejected', async () => {
      const call = incoming();
      const { tag, fake } = await card(call);
      button(tag, 'Accept').click();
      button(tag, 'Accept with video').click();
      button(tag, 'Reject').click();
      expect(fake.commands).to.deep.equal([
        ['accept', call.id, { video: false }],
        ['accept', call.id, { video: true }],
        ['reject', call.id],
      ]);
    });

    it('is accepted once', async () => {
      const { tag, fake } = await card(incoming({ pending: 'accept' }));
      button(tag, 'Accept').click();
      expect(fake.commands).to.deep.equal([]);
      expect(button(tag, 'Accept').ariaDisabled).to.equal('true');
    });

    it('is announced once, whatever the timer shows', async () => {
      const call = incoming();
      const { tag, fake } = await card(call);
      expect(announced(tag)).to.equal('Incoming call Website visitor');
      let changes = 0;
      const observer = new MutationObserver((records) => (changes += records.length));
      observer.observe(find(tag, '[role=status]')!, { childList: true, subtree: true, characterData: true });
      fake.setCalls({ ...call, startedAt: call.startedAt - 60_000 });
      await rendered(tag);
      observer.disconnect();
      expect(changes).to.equal(0);
    });

    it('leaves the focus with somebody who types', async () => {
      const { tag, fake } = await card();
      const field = document.createElement('input');
      tag.parentElement!.append(field);
      field.focus();
      fake.setCalls(incoming());
      await rendered(tag);
      expect(document.activeElement).to.equal(field);
    });

    it('has no Forward where the phone system cannot', async () => {
      const { tag, fake } = await card(incoming());
      fake.set({ capabilities: { ...SIGNED_IN.capabilities!, forward: false } });
      await rendered(tag);
      expect(names(tag)).not.to.contain('Forward');
    });
  });

  describe('a call that goes out', () => {
    it('says in words how far it is', async () => {
      const call = unanswered({ state: 'preparing', media: 'idle' });
      const { tag, fake } = await card(call);
      expect(shown(tag)).to.contain('Allow the microphone');
      fake.setCalls({ ...call, state: 'dialing' });
      await rendered(tag);
      expect(shown(tag)).to.contain('Calling…');
      fake.setCalls({ ...call, state: 'ringing' });
      await rendered(tag);
      expect(shown(tag)).to.contain('Ringing…');
      expect(announced(tag)).to.equal('Ringing… Sales');
    });

    it('keeps controls that are of no use yet where they are: focusable, and said to be disabled', async () => {
      const { tag, fake } = await card(unanswered({ state: 'ringing' }));
      expect(names(tag)).to.deep.equal([...SIX, 'Hang up']);
      const hold = button(tag, 'Hold');
      hold.focus();
      expect(tag.shadowRoot!.activeElement).to.equal(hold);
      hold.click();
      button(tag, 'Keypad').click();
      expect(hold.ariaDisabled).to.equal('true');
      expect(fake.commands).to.deep.equal([]);
    });

    it('is hung up', async () => {
      const call = unanswered({ state: 'dialing' });
      const { tag, fake } = await card(call);
      button(tag, 'Hang up').click();
      expect(fake.commands).to.deep.equal([['hangUp', call.id]]);
    });
  });

  describe('an active call', () => {
    it('shows who, the talk time and the quality', async () => {
      const { tag } = await card(aCall());
      expect(shown(tag)).to.contain('Sales').and.contain('1002').and.contain('Good').and.contain('MOS 4.3');
      expect(shown(tag)).to.match(/3:0[78]/);
      expect(names(tag)).to.deep.equal([...SIX, 'Hang up']);
      expect(tag.matches(':state(active)')).to.equal(true);
    });

    it('counts talk time only', async () => {
      const { tag } = await card(aCall({ heldRemotely: true, talk: { ms: 61_000, since: null } }));
      expect(find(tag, '[part=state]')!.textContent).to.contain('Held by the other side').and.contain('1:01');
    });

    it('has a timer that runs', async () => {
      const { tag } = await card(aCall({ talk: { ms: 0, since: Date.now() - 9_200 } }));
      const time = () => find(tag, '[part=state]')!.textContent.trim();
      expect(time()).to.match(/0:(09|10)/);
      const before = time();
      await waitUntil(() => time() !== before, 'the timer goes on');
    });

    it('gives its commands', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      for (const name of ['Mute', 'Camera', 'Hold', 'Hang up']) button(tag, name).click();
      expect(fake.commands).to.deep.equal([
        ['setMuted', call.id, true],
        ['setCamera', call.id, true],
        ['hold', call.id],
        ['hangUp', call.id],
      ]);
    });

    it('shows muted and held when the phone says so, and takes them back', async () => {
      const call = aCall({ muted: true, heldLocally: true });
      const { tag, fake } = await card(call);
      button(tag, 'Unmute').click();
      button(tag, 'Resume').click();
      expect(fake.commands).to.deep.equal([
        ['setMuted', call.id, false],
        ['unhold', call.id],
      ]);
      expect(tag.matches(':state(muted)') && tag.matches(':state(held)')).to.equal(true);
      expect(names(tag)).to.contain('Unmute').and.contain('Resume');
      expect(names(tag)).not.to.contain('Mute').and.not.to.contain('Hold');
    });

    it('is not told as held before the phone confirmed it', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      button(tag, 'Hold').click();
      fake.setCalls({ ...call, pending: 'hold' });
      await rendered(tag);
      expect(button(tag, 'Hold').ariaDisabled).to.equal('true');
      expect(shown(tag)).not.to.contain('On hold');
    });

    it('tells a pressed control as pressed only where its name stays', async () => {
      const { tag } = await card(aCall({ muted: true }));
      expect(button(tag, 'Unmute').ariaPressed).to.equal(null);
      expect(button(tag, 'Camera').ariaPressed).to.equal('false');
      expect(button(tag, 'Keypad').ariaPressed).to.equal('false');
    });

    it('shows no control for what the phone system cannot do', async () => {
      const { tag, fake } = await card(aCall());
      fake.set({
        capabilities: {
          ...SIGNED_IN.capabilities!,
          hold: false,
          blindTransfer: false,
          attendedTransfer: false,
        },
      });
      await rendered(tag);
      expect(names(tag)).to.deep.equal(['Mute', 'Keypad', 'Camera', 'Hang up']);
    });

    it('says when no sound gets through', async () => {
      const { tag, fake } = await card(aCall({ media: 'interrupted' }));
      expect(shown(tag)).to.contain('No sound is getting through');
      fake.setCalls(aCall({ media: 'failed' }));
      await rendered(tag);
      expect(announced(tag)).to.contain('Hang up and call again');
    });

    it('says that the link is looked for, while the call goes on', async () => {
      const { tag, fake } = await card(aCall());
      fake.set({ connection: { ...SIGNED_IN.connection, status: 'reconnecting' } });
      await rendered(tag);
      expect(find(tag, '[part=bar]')!.textContent).to.contain('Reconnecting');
      expect(names(tag)).to.contain('Hang up');
    });
  });

  describe('no control moves', () => {
    const place = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height].map((value) => Math.round(value * 10) / 10);
    };
    for (const width of [240, 300, 800])
      it(`between the states of a call, ${width} px wide`, async () => {
        await setViewport({ width: 1000, height: 900 });
        const call = aCall();
        const { tag, fake } = await card(call);
        tag.parentElement!.style.inlineSize = `${width}px`;
        await rendered(tag);
        const places = () => [...tag.shadowRoot!.querySelectorAll('.control, [part=hang-up]')].map(place);
        const before = places();
        expect(before).to.have.length(7);
        const changes: Partial<PhoneCall>[] = [
          { muted: true },
          { heldLocally: true },
          { heldRemotely: true },
          { state: 'ringing', quality: null, answeredAt: null },
          { state: 'preparing', quality: null, answeredAt: null },
          { remote: { number: '1002', name: 'Dr. Bartholomew Featherstonehaugh-Cholmondeley the Third' } },
          { remote: { number: '1002', name: '' } },
          { media: 'interrupted' },
          { pending: 'hold' },
        ];
        for (const change of changes) {
          fake.setCalls({ ...call, ...change });
          await rendered(tag);
          expect(places(), JSON.stringify(change)).to.deep.equal(before);
        }
        fake.setCalls(call);
        await rendered(tag);
        button(tag, 'Transfer').click();
        await waitUntil(() => find(tag, '.panel'));
        expect(places(), 'with an open panel').to.deep.equal(before);
      });
  });

  describe('a call that ended', () => {
    const DEVICE = ['microphone-refused', 'microphone-absent', 'insecure-context', 'no-media-path'] as const;
    it('says why, whatever the reason is', async () => {
      const { tag, fake } = await card(aCall({ state: 'ended', endReason: 'busy' }));
      const reasons = new Set<string>();
      for (const endReason of [...END_REASONS, ...DEVICE]) {
        fake.setCalls(aCall({ state: 'ended', endReason }));
        await rendered(tag);
        await waitUntil(() => find(tag, '[part=reason]')?.textContent.trim(), `words for ${endReason}`);
        reasons.add(find(tag, '[part=reason]')!.textContent.trim());
      }
      expect(reasons.size, 'different words for different reasons').to.equal(
        END_REASONS.length + DEVICE.length,
      );
    });

    it('can be called again, or put away', async () => {
      const call = aCall({ state: 'ended', endReason: 'no-answer' });
      const { tag, fake } = await card(call);
      expect(names(tag)).to.deep.equal(['Call again', 'Dismiss']);
      button(tag, 'Call again').click();
      button(tag, 'Dismiss').click();
      expect(fake.commands).to.deep.equal([
        ['dial', '1002'],
        ['dismiss', call.id],
      ]);
      expect(tag.matches(':state(ended)')).to.equal(true);
    });

    it('is announced with its reason', async () => {
      const { tag } = await card(aCall({ state: 'ended', endReason: 'busy' }));
      await waitUntil(() => /busy/.test(announced(tag)));
      expect(announced(tag)).to.contain('Call ended Sales');
    });
  });

  describe('a problem', () => {
    it('of this call is told and can be put away', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      fake.set({ problem: { id: 7, code: 'timeout', callId: call.id } });
      await waitUntil(() => find(tag, '[part=notice]'), 'the notice is shown');
      expect(announced(tag)).to.contain('did not answer');
      button(tag, 'Dismiss').click();
      await rendered(tag);
      expect(find(tag, '[part=notice]')).to.equal(null);
      fake.set({ problem: { id: 8, code: 'timeout', callId: call.id } });
      await rendered(tag);
      expect(find(tag, '[part=notice]'), 'the next one').to.exist;
    });

    it('of another call is not told here', async () => {
      const { tag, fake } = await card(aCall());
      fake.set({ problem: { id: 7, code: 'timeout', callId: 'another' } });
      await rendered(tag);
      expect(find(tag, '[part=notice]')).to.equal(null);
    });

    it('of a call that rings moves nothing that is pressed', async () => {
      const call = incoming();
      const { tag, fake } = await card(call);
      await still(tag);
      const at = () =>
        ['Accept', 'Accept with video', 'Reject', 'Forward'].map((name) =>
          button(tag, name).getBoundingClientRect().toJSON(),
        );
      const before = at();
      fake.set({ problem: { id: 1, code: 'playback-blocked', callId: null } });
      await waitUntil(() => find(tag, '[part=notice-action]'));
      expect(at()).to.deep.equal(before);
    });

    it('with the sound held back has a button that plays it', async () => {
      const { tag, fake } = await card(aCall());
      fake.set({ problem: { id: 1, code: 'playback-blocked', callId: null } });
      await waitUntil(() => find(tag, '[part=notice-action]'));
      button(tag, 'Play sound').click();
      expect(fake.commands).to.deep.equal([['resumePlayback']]);
    });
  });

  describe('in a tab that shows the phone of another', () => {
    it('says where the call is, and offers to take it', async () => {
      const { tag, fake } = await card(aCall());
      fake.set({ following: true });
      await waitUntil(() => /This call is in another tab/.test(shown(tag)));
      button(tag, 'Take it here').click();
      expect(fake.commands).to.deep.equal([['takeOver']]);
    });

    it('says nothing of it while the call rings: who accepts it takes it', async () => {
      const call = incoming();
      const { tag, fake } = await card(call);
      fake.set({ following: true, problem: { id: 1, code: 'playback-blocked', callId: null } });
      await waitUntil(() => find(tag, '[part=notice-action]'));
      expect(names(tag)).to.include('Play sound').and.not.to.include('Take it here');
    });
  });

  describe('requests', () => {
    const CASES: [string, () => PhoneCall, string][] = [
      ['ozeki-accept-request', () => incoming(), 'Accept'],
      ['ozeki-hang-up-request', () => incoming(), 'Reject'],
      ['ozeki-hang-up-request', () => aCall(), 'Hang up'],
    ];
    for (const [event, call, name] of CASES)
      it(`${event} of ${name} reaches the page, which may say no`, async () => {
        const { tag, fake } = await card(call());
        let seen: Event | null = null;
        const listen = (one: Event) => {
          seen = one;
          one.preventDefault();
        };
        document.addEventListener(event, listen, { once: true });
        button(tag, name).click();
        expect((seen as unknown as { callId: string }).callId).to.equal(fake.getState().calls[0]!.id);
        expect(fake.commands).to.deep.equal([]);
      });
  });

  describe('the focus', () => {
    it('goes on from the name when the control that had it is gone', async () => {
      const call = incoming();
      const { tag, fake } = await card(call);
      button(tag, 'Accept').focus();
      fake.setCalls({ ...call, state: 'active' });
      await rendered(tag);
      expect(tag.shadowRoot!.activeElement?.localName).to.equal('h2');
    });

    it('is not taken when it was elsewhere', async () => {
      const call = incoming();
      const { tag, fake } = await card(call);
      fake.setCalls({ ...call, state: 'active' });
      await rendered(tag);
      expect(tag.shadowRoot!.activeElement).to.equal(null);
    });
  });

  it('shows the call that call-id names', async () => {
    const [one, other] = [aCall(), onHold()];
    const { tag } = await card(one, other);
    tag.setAttribute('call-id', other.id);
    await rendered(tag);
    expect(find(tag, '[part=name]')!.textContent).to.equal('Support');
    tag.callId = 'nobody';
    await rendered(tag);
    expect(shown(tag)).to.contain('No call');
  });

  it('lets go of the phone and of its timer when it leaves, and comes back', async () => {
    const { tag, fake } = await card(aCall());
    const parent = tag.parentElement!;
    tag.remove();
    expect(fake.listenerCount).to.equal(0);
    parent.append(tag);
    await rendered(tag);
    expect(shown(tag)).to.contain('Sales');
    expect(fake.listenerCount).to.equal(1);
  });

  it('has no style attribute in what it draws', async () => {
    const { tag } = await card(aCall(), onHold());
    expect(tag.shadowRoot!.querySelector('[style]')).to.equal(null);
  });
});
