/** What providers do with calls beside the usual. */
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, it } from 'node:test';
import type { MediaPacket } from '../../../src/pbx/media/engine.js';
import { createWeriftEngine, type WeriftEngine } from '../../../src/pbx/media/werift/index.js';
import { SILENT_LOG } from '../../support/peer-page.js';
import { decoded, heard } from '../../support/sound.js';
import { until } from '../../support/until.js';
import { FarPhone } from '../media/rtp/far-phone.js';
import type { Phone } from '../exchange/office.js';
import { House, SDP, type HouseOptions } from './house.js';
import { ask, respond } from './provider.js';

describe('calls over an outside line', () => {
  let house: House;
  let after: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    await house.close();
    for (const end of after.splice(0)) await end();
  });

  async function open(options: HouseOptions = {}, line: object = {}): Promise<House> {
    house = await House.open(options);
    house.start(line);
    await house.registered();
    return house;
  }

  const contact = () => `Contact: <sip:far@${house.provider.server}>`;

  describe('with sound', () => {
    let engine: WeriftEngine;
    let far: FarPhone;

    async function withSound(options: HouseOptions = {}): Promise<Phone> {
      engine = await createWeriftEngine({ log: SILENT_LOG });
      far = await FarPhone.open();
      after = [() => engine.close(), () => far.close()];
      await open({ ...options, engine });
      return house.office.phone('1001');
    }

    /** Whoever has the only call here hears the tone of the far phone. */
    async function hearsFar(phone: Phone): Promise<void> {
      const packets: MediaPacket[] = [];
      await until(() => phone.media().length === 1 && phone.media()[0]!.source('audio') !== null);
      const stop = phone
        .media()[0]!
        .source('audio')!
        .subscribe('audio', (packet) => packets.push(packet));
      await until(async () => {
        await far.sendAll(far.tone('PCMU', 440, 0.1));
        return packets.filter(({ codec }) => codec === 'opus').length > 25;
      });
      stop();
      const sound = packets.filter(({ codec }) => codec === 'opus').slice(5);
      assert.ok(heard(await decoded({ packets: sound.map(({ payload }) => payload) }), 440) > -14);
    }

    it('are heard before anybody answers (183), and go on with the answer', async () => {
      const front = await withSound();
      const { provider } = house;
      provider.answer = (request) =>
        request.method === 'INVITE'
          ? respond(request, 183, [contact()], far.sdp('0'))
          : respond(request, 200, [contact()]);
      const call = await front.start('05550100');
      const invite = await provider.gets(({ method }) => method === 'INVITE');
      far.callTo(invite.text);
      await hearsFar(front);
      // It is told no ringing: what is heard says it.
      assert.equal(front.call(call).state, 'dialing');
      // Whoever said its media early need not say them again.
      provider.send(respond(invite, 200, [contact()]));
      await until(() => front.call(call).state === 'active');
      await provider.gets(({ method }) => method === 'ACK');
      await hearsFar(front);
      front.hangUp(call);
      await provider.gets(({ method }) => method === 'BYE');
    });

    for (const way of ['udp', 'tcp'] as const) {
      it(`come in without an offer, and are made one, over ${way.toUpperCase()}`, async () => {
        const front = await withSound({ way });
        const { provider } = house;
        const call = { callId: 'no-offer', to: '<sip:1001@provider.test>' };
        provider.send(ask('INVITE', { ...call, headers: [contact()] }));
        await provider.gets(({ text }) => text.startsWith('SIP/2.0 180'));
        await front.accept(front.ringing());
        const answer = await provider.gets(({ text }) => text.startsWith('SIP/2.0 200'));
        assert.match(answer.text, /m=audio \d+ RTP\/AVP/);
        far.callTo(answer.text);
        const tags = { ...call, to: answer.header('to') };
        provider.send(ask('ACK', { ...tags, body: far.sdp('0') }));
        await hearsFar(front);
        provider.send(ask('BYE', { ...tags, cseq: 2 }));
        await provider.gets(({ text }) => /^SIP\/2\.0 200[^]*CSeq: 2 BYE/.test(text));
      });
    }
  });

  it('are sent on by who is called (302), by the same line, and not for ever', async () => {
    const { provider, office } = await open();
    const front = office.phone('1001');
    provider.answer = (request) => {
      if (request.method !== 'INVITE') return respond(request, 200);
      if (request.text.includes('sip:5550100@'))
        return respond(request, 302, ['Contact: <sip:5550199@elsewhere.example:5080>']);
      return respond(request, 200, [contact()], SDP);
    };
    const call = await front.start('05550100');
    await until(() => front.call(call).state === 'active');
    const invites = provider.received.filter(({ method }) => method === 'INVITE');
    assert.deepEqual(
      invites.map(({ text }) => text.split(' ')[1]),
      ['sip:5550100@provider.test', 'sip:5550199@provider.test'],
    );
    front.hangUp(call);
    await provider.gets(({ method }) => method === 'BYE');

    provider.answer = (request) => respond(request, 302, ['Contact: <sip:5550100@provider.test>']);
    const before = provider.received.length;
    const round = await front.start('05550100');
    await until(() => front.call(round).state === 'ended');
    assert.equal(front.call(round).endReason, 'unavailable');
    assert.equal(provider.received.slice(before).filter(({ method }) => method === 'INVITE').length, 4);
  });

  const six = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
  it('go over IPv6', { skip: six ? false : 'this machine has no ::1' }, async () => {
    await open({ way: 'udp6' });
    const { front, call } = await house.calling();
    const { provider } = house;
    const invite = await provider.gets(({ method }) => method === 'INVITE');
    assert.match(invite.header('contact'), /^<sip:line@\[::1\]:\d+>/);
    front.hangUp(call);
    await provider.gets(({ method }) => method === 'BYE');
  });

  it('carry digits beside the sound (INFO)', async () => {
    await open();
    const { provider, office } = house;
    let pressed = '';
    office.exchange.onDigit(({ digit }) => (pressed += digit));
    const { front, call, tags } = await house.calling();
    const info = (cseq: number, type: string, body: string) => {
      provider.send(ask('INFO', { ...tags, cseq, type, body }));
      return provider.gets(({ text }) => new RegExp(`^SIP/2\\.0 200[^]*CSeq: ${cseq} INFO`).test(text));
    };
    await info(5, 'application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n');
    await info(6, 'application/dtmf', '#');
    await info(7, 'application/dtmf-relay', 'Signal=Z\r\n');
    await info(8, 'application/json', 'Signal=9');
    assert.equal(pressed, '5#');
    front.hangUp(call);
    await provider.gets(({ method }) => method === 'BYE');
  });

  it('go over a line that does not register, as long as its server answers', async () => {
    await open({}, { register: false, password: undefined, keepAliveSeconds: 1 });
    const { provider } = house;
    const { front, call } = await house.calling();
    front.hangUp(call);
    await provider.gets(({ method }) => method === 'BYE');
    assert.ok(provider.received.every(({ method }) => method !== 'REGISTER'));
    provider.answer = () => null;
    await until(() => house.line?.state === 'waiting');
    assert.match(house.line?.problem ?? '', /does not answer/);
  });
});
