import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { PhoneError } from '../../src/phone/handle.js';
import { SIGNED_IN } from '../support/fake-phone.js';
import {
  aCall,
  button,
  card,
  find,
  incoming,
  nameOf,
  names,
  onHold,
  open,
  rendered,
  shown,
  still,
  type,
} from './calls.js';
import { waitUntil } from '../support/wait.js';

const DIGITS = [...'123456789*0#'];

describe('<ozeki-call> panels', () => {
  for (const [name, call] of [
    ['Keypad', aCall],
    ['Transfer', aCall],
    ['Add call', aCall],
    ['Forward', incoming],
  ] as const) {
    it(`${name} is accessible, takes the focus, and gives it back on Escape`, async () => {
      const { tag } = await card(call());
      const panel = await open(tag, name);
      await waitUntil(() => panel.contains(tag.shadowRoot!.activeElement), 'the focus is in the panel');
      await still(tag);
      await expect(tag).to.be.accessible();
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !find(tag, '.panel'), 'the panel is closed');
      await waitUntil(() => tag.shadowRoot!.activeElement, 'the focus is back');
      expect(nameOf(tag.shadowRoot!.activeElement!)).to.equal(name);
    });

    it(`${name} is closed by the same control, and by Back`, async () => {
      const { tag } = await card(call());
      await open(tag, name);
      button(tag, name).click();
      await rendered(tag);
      expect(find(tag, '.panel')).to.equal(null);
      await open(tag, name);
      button(tag, 'Back').click();
      await rendered(tag);
      expect(find(tag, '.panel')).to.equal(null);
    });
  }

  it('leave the focus with somebody who types elsewhere by then', async () => {
    const { tag } = await card(aCall());
    const field = document.createElement('input');
    tag.parentElement!.append(field);
    button(tag, 'Keypad').click();
    field.focus();
    await waitUntil(() => find(tag, '.panel'));
    await rendered(tag);
    expect(document.activeElement).to.equal(field);
  });

  it('close when their call ends, or another one is shown', async () => {
    const call = aCall();
    const { tag, fake } = await card(call);
    await open(tag, 'Keypad');
    fake.setCalls(aCall());
    await rendered(tag);
    expect(find(tag, '.panel')).to.equal(null);
  });

  it('show who it is, and for how long, in the head line', async () => {
    const { tag } = await card(aCall());
    await open(tag, 'Keypad');
    expect(find(tag, '[part=bar]')!.textContent)
      .to.contain('Sales')
      .and.match(/3:\d\d/);
  });

  describe('keypad', () => {
    it('sends each key as a tone and shows it', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      await open(tag, 'Keypad');
      const keys = [...tag.shadowRoot!.querySelectorAll('[part=key]')];
      expect(keys.map(nameOf)).to.deep.equal(DIGITS);
      for (const key of keys) (key as HTMLElement).click();
      expect(fake.commands).to.deep.equal(DIGITS.map((digit) => ['sendDigits', call.id, digit]));
      await rendered(tag);
      expect(find(tag, '.tones')!.textContent).to.contain(DIGITS.join(''));
    });

    it('is typed on, and tells no event which digits', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      const heard: string[] = [];
      const dispatch = EventTarget.prototype.dispatchEvent;
      EventTarget.prototype.dispatchEvent = function (event) {
        heard.push(event.type);
        return dispatch.call(this, event);
      };
      try {
        await open(tag, 'Keypad');
        await waitUntil(() => tag.shadowRoot!.activeElement?.part.contains('key'));
        await sendKeys({ type: '42#' });
      } finally {
        EventTarget.prototype.dispatchEvent = dispatch;
      }
      expect(fake.commands.map(([, , digit]) => digit)).to.deep.equal(['4', '2', '#']);
      expect(heard.filter((type) => type.startsWith('ozeki-'))).to.deep.equal([]);
    });

    it('forgets what was pressed when it closes', async () => {
      const { tag } = await card(aCall());
      await open(tag, 'Keypad');
      button(tag, '7').click();
      button(tag, 'Keypad').click();
      await rendered(tag);
      await open(tag, 'Keypad');
      expect(find(tag, '.tones')!.textContent).not.to.contain('7');
    });
  });

  describe('transfer', () => {
    it('goes to a number that is typed', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      await open(tag, 'Transfer');
      await type(tag, ' +36 1 371 0150 ');
      button(tag, 'Transfer now').click();
      expect(fake.commands).to.deep.equal([['transfer', call.id, '+3613710150']]);
      await waitUntil(() => !find(tag, '.panel'), 'the panel closes when the phone confirmed');
    });

    it('goes with Enter', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      await open(tag, 'Transfer');
      await waitUntil(() => tag.shadowRoot!.activeElement?.localName === 'input');
      await sendKeys({ type: '1003' });
      await sendKeys({ press: 'Enter' });
      expect(fake.commands).to.deep.equal([['transfer', call.id, '1003']]);
    });

    it('goes to an extension that is picked by what it is doing; oneself and outside lines are not there', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      await open(tag, 'Transfer');
      const picks = [...tag.shadowRoot!.querySelectorAll<HTMLElement>('.pick')];
      expect(
        picks.map((pick) =>
          [...pick.children]
            .map((part) => part.textContent)
            .join(' ')
            .trim(),
        ),
      ).to.deep.equal(['1003 Support Idle', '1004 Supervisor Offline']);
      picks[0]!.click();
      await rendered(tag);
      expect(picks[0]!.ariaPressed).to.equal('true');
      button(tag, 'Transfer now').click();
      expect(fake.commands).to.deep.equal([['transfer', call.id, '1003']]);
    });

    it('asks for a number when there is none', async () => {
      const { tag, fake } = await card(aCall());
      await open(tag, 'Transfer');
      button(tag, 'Transfer now').click();
      await rendered(tag);
      expect(find(tag, '.panel [role=alert]')!.textContent).to.contain('Enter a number');
      expect(find(tag, '.panel input')!.ariaInvalid).to.equal('true');
      expect(tag.shadowRoot!.activeElement?.localName).to.equal('input');
      expect(fake.commands).to.deep.equal([]);
    });

    it('stays open, with the number and the reason, when it does not work', async () => {
      const call = aCall();
      const { tag, fake } = await card(call);
      await open(tag, 'Transfer');
      await type(tag, '9999');
      fake.answer = () => {
        fake.set({ problem: { id: 1, code: 'not-found', callId: call.id } });
        return Promise.reject(new PhoneError('not-found', 'There is no 9999.'));
      };
      button(tag, 'Transfer now').click();
      await waitUntil(() => find(tag, '.panel [part=notice]'), 'the reason is in the panel');
      expect(find<HTMLInputElement>(tag, '.panel input')!.value).to.equal('9999');
    });

    it('is told while it goes on, and when it fails', async () => {
      const call = aCall({ transfer: { to: '1003', state: 'trying' } });
      const { tag, fake } = await card(call);
      await waitUntil(() => /Transferring to 1003/.test(shown(tag)));
      fake.setCalls({ ...call, transfer: { to: '1003', state: 'ringing' } });
      await rendered(tag);
      expect(shown(tag)).to.contain('1003 is ringing');
      fake.setCalls({ ...call, transfer: { to: '1003', state: 'failed', reason: 'busy' } });
      await waitUntil(() => /transfer to 1003 failed.*busy/i.test(shown(tag)), 'with the reason');
    });

    it('tells the page whether the target was asked, not which it is; the page may say no', async () => {
      const { tag, fake } = await card(aCall());
      await open(tag, 'Transfer');
      await type(tag, '1003');
      let seen: Event | null = null;
      tag.addEventListener('ozeki-transfer-request', (event) => {
        seen = event;
        event.preventDefault();
        expect(event.attended).to.equal(false);
      });
      button(tag, 'Transfer now').click();
      expect(Object.values(seen! as object)).not.to.contain('1003');
      expect(fake.commands).to.deep.equal([]);
    });

    it('offers what the phone system can do', async () => {
      const { tag, fake } = await card(aCall());
      await open(tag, 'Transfer');
      expect(names(tag)).to.contain('Transfer now').and.contain('Ask first');
      fake.set({ capabilities: { ...SIGNED_IN.capabilities!, blindTransfer: false } });
      await rendered(tag);
      expect(names(tag)).not.to.contain('Transfer now');
      expect(names(tag)).to.contain('Ask first');
    });

    it('connects with another call that is up', async () => {
      const [call, other] = [aCall(), onHold()];
      const { tag, fake } = await card(call, other);
      await open(tag, 'Transfer');
      button(tag, 'Connect with Support').click();
      expect(fake.commands).to.deep.equal([['join', call.id, other.id]]);
    });
  });

  it('add a call', async () => {
    const call = aCall();
    const { tag, fake } = await card(call);
    await open(tag, 'Add call');
    await type(tag, '1004');
    button(tag, 'Start call').click();
    expect(fake.commands).to.deep.equal([['consult', call.id, '1004']]);
  });

  it('forward a call that rings', async () => {
    const call = incoming();
    const { tag, fake } = await card(call);
    await open(tag, 'Forward');
    await type(tag, '1004');
    button(tag, 'Forward now').click();
    expect(fake.commands).to.deep.equal([['forward', call.id, '1004']]);
    expect(names(tag)).to.contain('Accept').and.contain('Reject');
  });
});
