import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { runs } from '../../support/property.js';
import { until } from '../../support/until.js';
import type { Office } from '../exchange/office.js';
import { House, SDP } from './house.js';
import { ask, respond, type Provider } from './provider.js';

describe('an outside line, with a provider', () => {
  let house: House;
  let provider: Provider;
  let office: Office;

  beforeEach(async () => {
    house = await House.open();
    ({ provider, office } = house);
  });
  afterEach(() => house.close());

  it('proves its password by SHA-256, and never sends it', async () => {
    provider.answer = (request) =>
      request.method === 'REGISTER' && request.header('authorization') === ''
        ? respond(request, 401, [
            'WWW-Authenticate: Digest realm="x", nonce="n", algorithm=SHA-256, qop="auth"',
          ])
        : respond(request, 200, [`Contact: ${request.header('contact')}`]);
    house.start();
    await house.registered();
    const proof = provider.received.map((request) => request.header('authorization')).find(Boolean)!;
    assert.match(
      proof,
      /^Digest username="line", realm="x", .*algorithm=SHA-256, response="[\da-f]{64}", qop=auth/,
    );
    assert.ok(provider.received.every(({ text }) => !text.includes('hush')));
  });

  it('asks for a longer registration where the server wants that', async () => {
    provider.answer = (request) =>
      Number(request.header('expires')) < 900
        ? respond(request, 423, ['Min-Expires: 900'])
        : respond(request, 200, [`Contact: ${request.header('contact')}`]);
    house.start({ registerSeconds: 60 });
    await house.registered();
    assert.deepEqual(
      provider.received.map((request) => request.header('expires')),
      ['60', '900'],
    );
  });

  it('says that the password is wrong, and does not try again at once', async () => {
    provider.answer = (request) =>
      respond(request, 401, ['WWW-Authenticate: Digest realm="x", nonce="n", qop="auth"']);
    house.start();
    await until(() => house.line?.state === 'waiting');
    assert.match(house.line?.problem ?? '', /refuses the user name or the password \(401\)/);
    assert.equal(provider.received.length, 2);
    const front = office.phone('1001');
    const call = await front.start('05550100');
    assert.equal(front.call(call).endReason, 'unavailable');
  });

  it('tries again after the server failed', async () => {
    let failures = 1;
    provider.answer = (request) =>
      failures-- > 0
        ? respond(request, 503)
        : respond(request, 200, [`Contact: ${request.header('contact')}`]);
    house.start();
    await until(() => house.line?.state === 'waiting');
    await house.registered();
    assert.equal(house.line?.problem, null);
  });

  it('signs off when it is taken away', async () => {
    house.start();
    await house.registered();
    house.trunks.reconfigure({ outsideLines: [] });
    const last = await provider.gets((request) => request.header('expires') === '0');
    assert.equal(last.method, 'REGISTER');
  });

  it('shows the number of the line, not that of the extension, and ends with a BYE', async () => {
    house.start({ callerId: '+3619990000' });
    const { front, call } = await house.calling();
    const invite = await provider.gets(({ method }) => method === 'INVITE');
    assert.match(invite.text, /^INVITE sip:\+3615550100@provider\.test SIP\/2\.0\r\n/);
    assert.match(invite.header('from'), /^<sip:\+3619990000@provider\.test>;tag=/);
    assert.ok(!invite.text.includes('1001'));
    assert.equal(front.call(call).line, 'line');
    office.exchange.hangUp(front.contact, call);
    await provider.gets(({ method }) => method === 'BYE');
  });

  it('tells the other side of hold where that is wanted, and hears of its hold', async () => {
    house.start({ signalHold: true });
    const { front, call, tags } = await house.calling();
    const before = provider.received.length;
    office.exchange.hold(front.contact, call, true);
    const held = await provider.gets(({ method }) => method === 'INVITE', before);
    assert.match(held.text, /anew sendonly/);
    assert.match(held.header('contact'), /^<sip:line@/);
    await provider.gets(({ method }) => method === 'ACK', before);
    provider.send(
      ask('INVITE', { ...tags, cseq: 7, headers: [`Contact: <sip:far@${provider.server}>`], body: SDP }),
    );
    const answer = await provider.gets(({ text }) => /^SIP\/2\.0 200 [^]*CSeq: 7 INVITE/.test(text));
    assert.match(answer.header('contact'), /^<sip:line@/);
    provider.send(ask('BYE', { ...tags, cseq: 8 }));
    await until(() => front.call(call).endReason === 'remote-hung-up');
  });

  const statuses: [number, string][] = [
    [404, 'not-found'],
    [480, 'unavailable'],
    [486, 'busy'],
    [503, 'unavailable'],
    [603, 'rejected'],
  ];
  for (const [code, reason] of statuses) {
    it(`says "${reason}" of a call that is answered by ${code}`, async () => {
      house.start();
      await house.registered();
      provider.answer = (request) => respond(request, code);
      const front = office.phone('1001');
      const call = await front.start('0199');
      await until(() => front.call(call).state === 'ended');
      assert.equal(front.call(call).endReason, reason);
      await provider.gets(({ method }) => method === 'ACK');
    });
  }

  it('takes calls of the provider, is not led out again, and refuses those without a number here', async () => {
    house.start();
    await house.registered();
    const front = office.phone('1001');
    const headers = [`Contact: <sip:ann@${provider.server}>`];
    provider.send(ask('INVITE', { callId: 'one', to: '<sip:1001@provider.test>', headers, body: SDP }));
    await provider.gets(({ text }) => text.startsWith('SIP/2.0 180'));
    assert.deepEqual(
      office.exchange.callsOf(front.contact).map(({ remote, line }) => [remote, line]),
      [[{ number: '+3615550100', name: 'Ann' }, 'line']],
    );
    provider.send(ask('INVITE', { callId: 'two', to: '<sip:0900@provider.test>', headers, body: SDP }));
    await provider.gets(({ text }) => text.startsWith('SIP/2.0 403'));
    provider.send(ask('INVITE', { callId: 'three', to: '<sip:777@provider.test>', headers, body: SDP }));
    await provider.gets(({ text }) => text.startsWith('SIP/2.0 404'));
  });

  it('does not take somebody outside for an extension whose number that one claims to have', async () => {
    house.start();
    await house.registered();
    const sales = office.phone('1002');
    const front = office.phone('1001');
    provider.send(
      ask('INVITE', {
        ...{ from: '<sip:1001@provider.test>;tag=x', to: '<sip:1002@provider.test>' },
        headers: [`Contact: <sip:ann@${provider.server}>`],
        body: SDP,
      }),
    );
    await provider.gets(({ text }) => text.startsWith('SIP/2.0 180'));
    assert.equal(office.exchange.callsOf(sales.contact)[0]?.remote.number, '1001@provider.test');
    assert.deepEqual(office.exchange.sessionsFor(front.contact), []);
  });

  it('says nothing at all to strangers', async () => {
    house.start();
    await house.registered();
    const stranger = createSocket('udp4').bind(0, '127.0.0.2');
    let heard = 0;
    stranger.on('message', () => (heard += 1));
    await new Promise((resolve) => stranger.once('listening', resolve));
    for (const method of ['OPTIONS', 'INVITE', 'REGISTER']) {
      stranger.send(ask(method), provider.line, '127.0.0.1');
    }
    // What the provider asks after them is answered after them.
    provider.send(ask('OPTIONS', { callId: 'later' }));
    await provider.gets(({ text }) => /^SIP\/2\.0 200[^]*Call-ID: later/.test(text));
    stranger.close();
    assert.equal(heard, 0);
  });

  it('outlives whatever its provider sends', async () => {
    house.start();
    await house.registered();
    const whole = [
      ask('INVITE', { body: SDP, headers: ['Contact: <sip:x@127.0.0.1>'] }),
      ask('BYE'),
      ask('OPTIONS'),
      ask('UPDATE', { to: '<sip:a@b>;tag=c' }),
      respond({ method: 'INVITE', text: '', header: () => 'x' }, 200),
    ];
    const cut = fc
      .tuple(fc.constantFrom(...whole), fc.nat(), fc.nat(40), fc.string({ unit: 'binary', maxLength: 40 }))
      .map(([text, at, length, junk]) => {
        const from = at % text.length;
        return text.slice(0, from) + junk + text.slice(from + length);
      });
    const junk = fc.oneof(
      { weight: 5, arbitrary: cut },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)) },
    );
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { minLength: 1, maxLength: 20 }), async (messages) => {
        for (const message of messages) provider.send(message);
        const callId = `still-there-${(asked += 1)}`;
        provider.send(ask('OPTIONS', { callId, branch: `z9hG4bKopt${asked}` }));
        await provider.gets(({ text }) => text.startsWith('SIP/2.0 200') && text.includes(callId));
      }),
      runs(50, 3000),
    );
  });
});
