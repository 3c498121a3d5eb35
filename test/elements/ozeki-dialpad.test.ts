import { aTimeout, expect, fixtureSync, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ozeki-dialpad.js';
import type { OzekiDialEvent } from '../../src/elements/common/dial-event.js';
import type { OzekiDialpad } from '../../src/elements/ozeki-dialpad/ozeki-dialpad.js';
import { PhoneError } from '../../src/phone/handle.js';
import type { PhoneState } from '../../src/phone/state.js';
import { aCall, SIGNED_IN, SIGNED_OUT, type FakePhone } from '../support/fake-phone.js';
import { hold, inside, rendered, shown, withPhone } from './tags.js';
import { waitUntil } from '../support/wait.js';

type Pad = OzekiDialpad;
const VISITOR: PhoneState = {
  ...SIGNED_IN,
  identity: { number: 'Qdb3W', name: 'Website', kind: 'line', privileges: [] },
};

const input = (pad: Pad) => inside<HTMLInputElement>(pad, 'input');
const key = (pad: Pad, digit: string) => inside<HTMLButtonElement>(pad, `button[value="${digit}"]`);
const call = (pad: Pad) => inside<HTMLButtonElement>(pad, '[part~="call-button"]');
const video = (pad: Pad) => inside<HTMLButtonElement>(pad, '[part~="video-button"]');
const erase = (pad: Pad) => inside<HTMLButtonElement>(pad, '[part~="erase"]');
const message = (pad: Pad) => inside(pad, '[part~="message"]').textContent.trim();
const dialled = (fake: FakePhone) => fake.commands.filter(([name]) => name === 'dial');
const press = (pad: Pad, digits: string) => [...digits].forEach((digit) => key(pad, digit).click());

const pad = (markup = '<ozeki-dialpad></ozeki-dialpad>', state?: PhoneState) => withPhone<Pad>(markup, state);

describe('<ozeki-dialpad>', () => {
  describe('the number', () => {
    it('is put together by keys, each of which sounds and lights', async () => {
      const { tag, fake } = await pad();
      press(tag, '10*#');
      expect(tag.value).to.equal('10*#');
      await rendered(tag);
      expect(input(tag).value).to.equal('10*#');
      expect(fake.commands).to.deep.equal([...'10*#'].map((digit) => ['playKey', digit]));
      expect(key(tag, '#')).to.have.class('lit');
      await waitUntil(() => !key(tag, '#').classList.contains('lit'), 'the key goes dark again');
    });

    it('is typed', async () => {
      const { tag, fake } = await pad();
      tag.focus();
      await sendKeys({ type: '1002' });
      expect(tag.value).to.equal('1002');
      expect(fake.commands).to.deep.equal([...'1002'].map((digit) => ['playKey', digit]));
    });

    it('is typed on a focused key, too', async () => {
      const { tag } = await pad();
      key(tag, '5').focus();
      await sendKeys({ type: '12' });
      await sendKeys({ press: 'Backspace' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ press: ' ' });
      expect(tag.value).to.equal('155');
    });

    for (const [pasted, expected] of [
      ['+36 1 371-0150', '+3613710150'],
      ['(06\u00a01) 371.0150\n', '0613710150'],
      ['tel:+3613710150', '+3613710150'],
      ['sales@pbx.example', 'sales@pbx.example'],
      [' \t ', ''],
    ] as const) {
      it(`is cleaned when ${JSON.stringify(pasted)} is pasted`, async () => {
        const { tag } = await pad();
        input(tag).focus();
        document.execCommand('insertText', false, pasted.replace('\n', ''));
        expect(tag.value).to.equal(expected);
        expect(input(tag).value).to.equal(expected);
      });
    }

    it('keeps the caret where characters are taken out before it', async () => {
      const { tag } = await pad('<ozeki-dialpad value="10"></ozeki-dialpad>');
      input(tag).focus();
      input(tag).setSelectionRange(1, 1);
      document.execCommand('insertText', false, '2 2');
      expect(tag.value).to.equal('1220');
      expect(input(tag).selectionStart).to.equal(3);
      press(tag, '7');
      expect(tag.value).to.equal('12270');
    });

    it('gets + by a long press on 0, once', async () => {
      const { tag } = await pad();
      await hold(key(tag, '0'), () => tag.value !== '');
      expect(tag.value).to.equal('+');
      key(tag, '0').click();
      expect(tag.value).to.equal('+0');
    });

    it('gets 0 by a short press, and nothing by one that slid off', async () => {
      const { tag } = await pad();
      const down = () =>
        key(tag, '0').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
      const leave = () => inside(tag, '.pad').dispatchEvent(new PointerEvent('pointerleave'));
      down();
      leave();
      await aTimeout(600);
      expect(tag.value).to.equal('');
      down();
      key(tag, '0').click();
      expect(tag.value).to.equal('0');
    });

    it('gets + by holding 0 on the keyboard, in the field and on the key', async () => {
      const { tag } = await pad();
      const down = (target: HTMLElement, name: string, repeat: boolean) =>
        target.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: name,
            repeat,
            bubbles: true,
            composed: true,
            cancelable: true,
          }),
        );
      for (const [target, name] of [
        [key(tag, '0'), ' '],
        [key(tag, '0'), 'Enter'],
        [key(tag, '3'), '0'],
      ] as const) {
        tag.value = '';
        down(target, name, false);
        expect(tag.value).to.equal('0');
        for (let repeats = 0; repeats < 3; repeats++) down(target, name, true);
        expect(tag.value).to.equal('+');
      }
      tag.focus();
      tag.value = '';
      await rendered(tag);
      await sendKeys({ type: '0' });
      down(input(tag), '0', true);
      down(input(tag), '0', true);
      expect(tag.value).to.equal('+');
    });

    it('is erased one by one, and all by a long press', async () => {
      const { tag } = await pad('<ozeki-dialpad value="1234"></ozeki-dialpad>');
      erase(tag).click();
      expect(tag.value).to.equal('123');
      await hold(erase(tag), () => tag.value === '');
      expect(tag.value).to.equal('');
    });

    it('tells the page that it was edited', async () => {
      const { tag, host } = await pad();
      let told = 0;
      host.addEventListener('input', () => told++);
      press(tag, '1');
      erase(tag).click();
      expect(told).to.equal(2);
    });
  });

  describe('calling', () => {
    it('asks the page first, then dials and empties the field', async () => {
      const { tag, fake, host } = await pad('<ozeki-dialpad value="1002"></ozeki-dialpad>');
      const asked: unknown[] = [];
      host.addEventListener('ozeki-dial', (event) => {
        asked.push((event as OzekiDialEvent).detail, event.composed, dialled(fake).length);
      });
      call(tag).click();
      expect(asked).to.deep.equal([{ number: '1002', video: false }, true, 0]);
      expect(dialled(fake)).to.deep.equal([['dial', '1002', { video: false }]]);
      expect(tag.value).to.equal('');
    });

    it('calls with video', async () => {
      const { tag, fake } = await pad('<ozeki-dialpad value="1002"></ozeki-dialpad>');
      video(tag).click();
      expect(dialled(fake)).to.deep.equal([['dial', '1002', { video: true }]]);
    });

    it('dials by Enter in the field, without submitting a form around it', async () => {
      const { tag, fake, host } = await pad('<form><ozeki-dialpad></ozeki-dialpad></form>');
      void tag;
      const inForm = host.querySelector('ozeki-dialpad') as Pad;
      let submitted = false;
      host.addEventListener('submit', (event) => {
        event.preventDefault();
        submitted = true;
      });
      await inForm.updateComplete;
      inForm.focus();
      await sendKeys({ type: '1003' });
      await sendKeys({ press: 'Enter' });
      expect(dialled(fake)).to.deep.equal([['dial', '1003', { video: false }]]);
      expect(submitted).to.be.false;
    });

    it('does not dial when the page prevents it', async () => {
      const { tag, fake, host } = await pad('<ozeki-dialpad value="1002"></ozeki-dialpad>');
      host.addEventListener('ozeki-dial', (event) => event.preventDefault());
      call(tag).click();
      expect(dialled(fake)).to.be.empty;
      expect(tag.value).to.equal('1002');
    });

    it('brings back the last number when the field is empty, and then dials it', async () => {
      const { tag, fake } = await pad('<ozeki-dialpad value="1002"></ozeki-dialpad>');
      call(tag).click();
      call(tag).click();
      expect(tag.value).to.equal('1002');
      expect(dialled(fake)).to.have.length(1);
      call(tag).click();
      expect(dialled(fake)).to.have.length(2);
    });

    it('does not dial twice on a double click', async () => {
      const { tag, fake } = await pad('<ozeki-dialpad value="1002"></ozeki-dialpad>');
      fake.answer = () => {
        fake.setCalls(aCall({ state: 'preparing' }));
        return Promise.resolve('call');
      };
      call(tag).click();
      call(tag).click();
      expect(dialled(fake)).to.have.length(1);
      expect(tag.value).to.equal('');
    });

    it('needs no number on a line that has a destination', async () => {
      const { tag, fake } = await pad(undefined, VISITOR);
      expect(call(tag)).to.have.attribute('aria-disabled', 'false');
      call(tag).click();
      expect(dialled(fake)).to.deep.equal([['dial', '', { video: false }]]);
    });

    it('says what went wrong, and gives the number back', async () => {
      const { tag, fake } = await pad('<ozeki-dialpad value="1002"></ozeki-dialpad>');
      fake.answer = (command) =>
        command === 'dial' ? Promise.reject(new PhoneError('microphone-refused', 'x')) : Promise.resolve();
      call(tag).click();
      await waitUntil(() => /microphone/i.test(message(tag)));
      expect(tag.value).to.equal('1002');
      await expect(tag).to.be.accessible();
      press(tag, '1');
      await rendered(tag);
      expect(message(tag)).to.equal('');
    });

    for (const [name, state, sentence] of [
      ['nothing was entered', SIGNED_IN, 'Enter a number first.'],
      ['there is no connection', SIGNED_OUT, 'Not connected to the phone system.'],
    ] as const) {
      it(`stays focusable and says why when ${name}`, async () => {
        const { tag, fake } = await pad(undefined, state);
        for (const button of [call(tag), video(tag)]) {
          expect(button).to.have.attribute('aria-disabled', 'true');
          expect(button.disabled).to.be.false;
          expect(inside(tag, `#${button.getAttribute('aria-describedby')}`)).to.have.text(sentence);
        }
        expect(message(tag)).to.equal('');
        call(tag).click();
        await rendered(tag);
        expect(message(tag)).to.equal(sentence);
        expect(dialled(fake)).to.be.empty;
        await expect(tag).to.be.accessible();
      });
    }
  });

  describe('in a call', () => {
    const inCall = (differences = {}) => {
      const active = aCall(differences);
      return { ...SIGNED_IN, calls: [active], selectedCallId: active.id };
    };

    it('sends keys as tones, by pointer and keyboard, and shows them', async () => {
      const state = inCall();
      const { tag, fake } = await pad('<ozeki-dialpad value="77"></ozeki-dialpad>', state);
      press(tag, '1');
      tag.focus();
      await sendKeys({ type: '2' });
      key(tag, '9').focus();
      await sendKeys({ type: '#' });
      expect(fake.commands).to.deep.equal(
        [...'12#'].map((digit) => ['sendDigits', state.selectedCallId, digit]),
      );
      await rendered(tag);
      expect(input(tag).value).to.equal('12#');
      expect(tag.value).to.equal('77');
      expect(tag).to.match(':state(in-call)');
    });

    it('never sends + as a tone', async () => {
      const { tag, fake } = await pad(undefined, inCall());
      await hold(key(tag, '0'), () => true);
      key(tag, '0').dispatchEvent(
        new KeyboardEvent('keydown', { key: '0', repeat: true, bubbles: true, cancelable: true }),
      );
      await aTimeout(600);
      expect(fake.commands.map(([, , digits]) => digits)).to.deep.equal(['0']);
    });

    it('puts tones in no event that bubbles, in no form, and forgets them with the call', async () => {
      const { tag, fake, host } = await pad('<ozeki-dialpad name="number"></ozeki-dialpad>', inCall());
      const heard: string[] = [];
      for (const type of ['input', 'change', 'beforeinput', 'ozeki-dial', 'click']) {
        host.addEventListener(type, (event) => heard.push(JSON.stringify([type, read(event)])));
      }
      press(tag, '4711');
      await rendered(tag);
      expect(heard.filter((entry) => /\d/.test(entry.replace(/"detail":\d/, '')))).to.deep.equal([]);
      expect(tag.value).to.equal('');
      fake.setCalls();
      await rendered(tag);
      expect(input(tag).value).to.equal('');
      expect(shown(tag)).not.to.include('4711');
    });

    it('calls nobody else until the call is on hold', async () => {
      const { tag, fake } = await pad('<ozeki-dialpad value="1003"></ozeki-dialpad>', inCall());
      expect(call(tag)).to.have.attribute('aria-disabled', 'true');
      call(tag).click();
      await rendered(tag);
      expect(message(tag)).to.match(/hold/);
      expect(dialled(fake)).to.be.empty;
      fake.setCalls(aCall({ heldLocally: true }));
      await rendered(tag);
      expect(message(tag)).to.equal('');
      press(tag, '1');
      expect(tag.value).to.equal('10031');
      call(tag).click();
      expect(dialled(fake)).to.have.length(1);
    });

    it('is accessible', async () => {
      const { tag } = await pad(undefined, inCall());
      await expect(tag).to.be.accessible();
    });
  });

  describe('in a form', () => {
    const form = async (attributes = '') => {
      const { host } = await pad(
        `<form><fieldset><ozeki-dialpad name="number" value="1 002" ${attributes}></ozeki-dialpad></fieldset></form>`,
      );
      const tag = host.querySelector('ozeki-dialpad') as Pad;
      await tag.updateComplete;
      return { tag, form: host.querySelector('form')!, fieldset: host.querySelector('fieldset')! };
    };

    it('has its value, and is reset to its attribute', async () => {
      const { tag, form: owner } = await form();
      expect(tag.form).to.equal(owner);
      expect(new FormData(owner).get('number')).to.equal('1002');
      press(tag, '9');
      expect(new FormData(owner).get('number')).to.equal('10029');
      owner.reset();
      expect(tag.value).to.equal('1002');
      tag.formStateRestoreCallback('55');
      expect(new FormData(owner).get('number')).to.equal('55');
    });

    it('is disabled by itself and by its fieldset', async () => {
      const { tag, form: owner, fieldset } = await form();
      for (const disabled of [fieldset, tag, fieldset]) {
        disabled.disabled = true;
        await rendered(tag);
        expect(new FormData(owner).has('number'), disabled.localName).to.be.false;
        expect(input(tag).disabled && key(tag, '1').disabled && call(tag).disabled).to.be.true;
        await expect(tag).to.be.accessible();
        disabled.disabled = false;
        await rendered(tag);
        expect(key(tag, '1').disabled).to.be.false;
      }
    });
  });

  describe('as an element', () => {
    it('is made by createElement, with what was set before it is connected', async () => {
      const tag = document.createElement('ozeki-dialpad');
      tag.value = '12-34';
      fixtureSync<HTMLElement>(html`<div></div>`).append(tag);
      await tag.updateComplete;
      expect(input(tag).value).to.equal('1234');
    });

    it('takes what was set before it was defined', async () => {
      const { OzekiDialpad } = await import('../../src/elements/ozeki-dialpad/ozeki-dialpad.js');
      const host = fixtureSync<HTMLElement>(html`<div></div>`);
      host.innerHTML = '<late-dialpad no-video></late-dialpad>';
      const late = host.firstElementChild as Pad;
      Object.assign(late, { value: '10 02', disabled: true });
      customElements.define('late-dialpad', class extends OzekiDialpad {});
      await late.updateComplete;
      expect(input(late).value).to.equal('1002');
      expect(input(late).disabled).to.be.true;
      expect(late.shadowRoot!.querySelector('[part~="video-button"]')).to.equal(null);
    });

    it('lets go of the phone when it leaves, and takes it again', async () => {
      const { tag, fake, host } = await pad();
      expect(fake.listenerCount).to.equal(1);
      tag.remove();
      expect(fake.listenerCount).to.equal(0);
      host.append(tag);
      expect(fake.listenerCount).to.equal(1);
      await rendered(tag);
      expect(tag).to.match(':state(connected)');
    });

    it('shows who this phone is', async () => {
      const { tag, fake } = await pad();
      expect(shown(tag)).to.match(/^1001 Front desk Ready/);
      fake.set({ connection: { ...SIGNED_IN.connection, status: 'reconnecting' } });
      await rendered(tag);
      expect(shown(tag)).to.match(/^Connecting…/);
      fake.set(SIGNED_OUT);
      await rendered(tag);
      expect(shown(tag)).to.match(/^Offline/);
      expect(tag).not.to.match(':state(connected)');
    });

    it('names its controls', async () => {
      const { tag } = await pad();
      expect(call(tag).textContent.trim()).to.equal('Call');
      expect(video(tag)).to.have.attribute('aria-label', 'Video call');
      expect(input(tag)).to.have.attribute('aria-label', 'Number');
      expect(erase(tag)).to.have.attribute('aria-label', 'Erase');
      await expect(tag).to.be.accessible();
    });

    it('gives the focus to the number', async () => {
      const { tag } = await pad();
      tag.focus();
      expect(tag.shadowRoot!.activeElement).to.equal(input(tag));
    });

    it('is mirrored from right to left, but for the keys', async () => {
      const { tag, host } = await pad();
      host.dir = 'rtl';
      const left = (element: Element) => element.getBoundingClientRect().left;
      expect(left(video(tag))).to.be.below(left(call(tag)));
      expect(left(erase(tag))).to.be.below(left(input(tag)));
      expect(left(key(tag, '1'))).to.be.below(left(key(tag, '2')));
    });

    for (const width of [240, 300, 640]) {
      it(`fits into ${width} px`, async () => {
        const { tag, host } = await pad('<ozeki-dialpad value="+36137101501234567890"></ozeki-dialpad>');
        host.style.width = `${width}px`;
        const base = inside(tag, '.base');
        expect(base.scrollWidth).to.be.at.most(base.clientWidth);
        expect(video(tag).getBoundingClientRect().right).to.be.at.most(base.getBoundingClientRect().right);
      });
    }

    it('has a width in a flex row', async () => {
      const { tag, host } = await pad();
      host.style.display = 'flex';
      expect(tag.offsetWidth).to.equal(300);
    });

    it('is accessible in the dark', async () => {
      const { tag, host } = await pad('<ozeki-dialpad value="1002"></ozeki-dialpad>');
      host.style.colorScheme = 'dark';
      host.style.background = '#000';
      await expect(tag).to.be.accessible();
    });
  });
});

/** What a page can read in an event. */
function read(event: Event): unknown {
  const { data, detail, key: pressed } = event as unknown as Record<string, unknown>;
  return { data, detail: event.type === 'click' ? 0 : detail, pressed };
}
