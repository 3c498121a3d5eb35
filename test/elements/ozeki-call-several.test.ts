import { expect } from '@open-wc/testing';
import type { PhoneCall } from '../../src/phone/state.js';
import {
  aCall,
  announced,
  button,
  card,
  find,
  incoming,
  nameOf,
  onHold,
  open,
  rendered,
  type,
  unanswered,
} from './calls.js';
import type { Card } from './calls.js';
import { waitUntil } from '../support/wait.js';

const strips = ({ tag }: Card) => [...tag.shadowRoot!.querySelectorAll<HTMLElement>('.strip')];
const words = (strip: HTMLElement) => strip.querySelector('.fill')!.textContent.replace(/\s+/g, ' ').trim();
const actions = (strip: HTMLElement) => [...strip.querySelectorAll('button')].map(nameOf);

describe('<ozeki-call> with several calls', () => {
  it('has a strip for each other call: who, state and time', async () => {
    const shown = await card(aCall(), onHold(), incoming({ startedAt: Date.now() - 5200 }));
    expect(strips(shown).map((strip) => strip.ariaLabel)).to.deep.equal(['Support', 'Website visitor']);
    expect(words(strips(shown)[0]!)).to.equal('Support 1003 On hold 0:42');
    expect(words(strips(shown)[1]!)).to.match(/^Website visitor Qdb3W Incoming call 0:0[56]$/);
  });

  it('swaps to a held one', async () => {
    const [call, other] = [aCall(), onHold()];
    const { tag, fake } = await card(call, other);
    button(tag, 'Swap').click();
    expect(fake.commands).to.deep.equal([['swapTo', other.id]]);
  });

  it('shows the swapped call when the phone says so, with the other one in the strip', async () => {
    const [call, other] = [aCall(), onHold()];
    const shown = await card(call, other);
    shown.fake.set({ selectedCallId: other.id });
    await rendered(shown.tag);
    expect(find(shown.tag, '[part=name]')!.textContent).to.equal('Support');
    expect(strips(shown).map((strip) => strip.ariaLabel)).to.deep.equal(['Sales']);
  });

  it('answers or rejects a waiting one, and tells once that it is there', async () => {
    const [call, waiting] = [aCall(), incoming()];
    const { tag, fake } = await card(call, waiting);
    expect(announced(tag)).to.contain('Incoming call Website visitor');
    button(tag, 'Answer').click();
    button(tag, 'Reject').click();
    expect(fake.commands).to.deep.equal([
      ['accept', waiting.id, { video: false }],
      ['reject', waiting.id],
    ]);
  });

  it('says whom to reject when there is more than one', async () => {
    const shown = await card(incoming(), incoming({ remote: { number: '1004', name: 'Supervisor' } }));
    expect(actions(strips(shown)[0]!)).to.deep.equal(['Answer', 'Reject Supervisor']);
    button(shown.tag, 'Reject').click();
    expect(shown.fake.commands).to.deep.equal([['reject', shown.fake.getState().calls[0]!.id]]);
  });

  it('keeps the strip and its focus when another call comes and goes', async () => {
    const [call, held, waiting] = [aCall(), onHold(), incoming()];
    const shown = await card(call, waiting, held);
    button(shown.tag, 'Swap').focus();
    const focused = shown.tag.shadowRoot!.activeElement;
    shown.fake.setCalls(call, held);
    await rendered(shown.tag);
    expect(strips(shown)).to.have.length(1);
    expect(focused).to.exist;
    expect(shown.tag.shadowRoot!.activeElement).to.equal(focused);
  });

  it('leaves out calls that ended', async () => {
    const shown = await card(aCall(), onHold());
    shown.fake.setCalls(aCall(), onHold({ state: 'ended', endReason: 'remote-hung-up' }));
    await rendered(shown.tag);
    expect(strips(shown)).to.deep.equal([]);
  });

  describe('a consultation', () => {
    async function consulting(asked: Partial<PhoneCall> = {}) {
      const call = aCall();
      const shown = await card(call);
      shown.fake.answer = () => Promise.resolve('asked');
      await open(shown.tag, 'Transfer');
      await type(shown.tag, '1003');
      button(shown.tag, 'Ask first').click();
      expect(shown.fake.commands).to.deep.equal([['consult', call.id, '1003']]);
      shown.fake.commands.length = 0;
      await waitUntil(() => !find(shown.tag, '.panel'));
      const consult = aCall({ id: 'asked', remote: { number: '1003', name: 'Support' }, ...asked });
      const held = { ...call, heldLocally: true, talk: { ms: 42_000, since: null } };
      shown.fake.setCalls(consult, held);
      await waitUntil(() => strips(shown).length === 1);
      await rendered(shown.tag);
      return { ...shown, call: held, consult };
    }

    it('is accessible', async () => {
      await expect((await consulting()).tag).to.be.accessible();
    });

    it('ends in a transfer', async () => {
      const { tag, fake, call } = await consulting();
      let attended = false;
      tag.addEventListener('ozeki-transfer-request', (event) => (attended = event.attended));
      button(tag, 'Complete transfer').click();
      expect(fake.commands).to.deep.equal([['join', call.id, 'asked']]);
      expect(attended).to.equal(true);
    });

    it('cannot end in one before the target answered', async () => {
      const { tag, fake } = await consulting(unanswered({ id: 'asked', state: 'ringing' }));
      button(tag, 'Complete transfer').click();
      expect(button(tag, 'Complete transfer').ariaDisabled).to.equal('true');
      expect(fake.commands).to.deep.equal([]);
    });

    it('ends back with the first one', async () => {
      const { tag, fake, call } = await consulting();
      button(tag, 'Cancel').click();
      await waitUntil(() => fake.commands.length === 2);
      expect(fake.commands).to.deep.equal([
        ['hangUp', 'asked'],
        ['swapTo', call.id],
      ]);
    });

    it('goes back and forth, and can still be completed', async () => {
      const { tag, fake, call, consult } = await consulting();
      button(tag, 'Swap').click();
      expect(fake.commands).to.deep.equal([['swapTo', call.id]]);
      fake.setCalls({ ...call, heldLocally: false }, { ...consult, heldLocally: true });
      await rendered(tag);
      button(tag, 'Complete transfer').click();
      expect(fake.commands[1]).to.deep.equal(['join', call.id, 'asked']);
    });
  });
});
