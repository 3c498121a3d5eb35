/** What a SIP server and the other side of a call may do, and no real one does when a test wants it. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { SignalingError, type SignalingEvent } from '../../src/signaling/port.js';
import type { SipOptions } from '../../src/signaling/sip/options.js';
import { SipSignaling } from '../../src/signaling/sip/sip-signaling.js';
import { provideWebSocket } from '../support/gateway-stand-in.js';
import { SipScript, type ScriptedCall } from '../support/sip-script.js';
import { until } from '../support/until.js';

provideWebSocket();

const sdp = (more = 'a=sendrecv', ufrag = 'aaaa') =>
  [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111'],
    ...['c=IN IP4 0.0.0.0', `a=ice-ufrag:${ufrag}`, 'a=ice-pwd:0123456789012345678901', more],
    ...[`a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`, 'a=setup:actpass', ''],
  ].join('\r\n');

describe('a SIP client and what others may do to it', () => {
  let script: SipScript;
  let port: SipSignaling;
  let events: SignalingEvent[] = [];

  beforeEach(async () => {
    script = await SipScript.start();
    events = [];
  });
  afterEach(async () => {
    await port.close();
    await script.stop();
  });

  async function signIn(options?: SipOptions): Promise<void> {
    port = new SipSignaling(script.address, options);
    port.listen((event) => events.push(event));
    await port.open({ kind: 'password', extension: '101', password: 'secret' });
  }

  async function event<T extends SignalingEvent['type']>(
    type: T,
    fits: (event: Extract<SignalingEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<SignalingEvent, { type: T }>> {
    let found: SignalingEvent | undefined;
    await until(
      () =>
        !!(found = events.find(
          (one) => one.type === type && fits(one as Extract<SignalingEvent, { type: T }>),
        )),
    );
    return found as Extract<SignalingEvent, { type: T }>;
  }

  /** The other side called, and the client answered. */
  async function talking(options?: SipOptions): Promise<{ id: string; call: ScriptedCall }> {
    await signIn(options);
    const call = script.call({ body: sdp() });
    const { id } = (await event('call')).call;
    await port.accept(id, { type: 'answer', sdp: sdp() }, false);
    await call.accepted();
    return { id, call };
  }

  const failsWith = (reason: SignalingError['reason']) => (error: unknown) =>
    error instanceof SignalingError && error.reason === reason;

  test('423: registers for as long as the server wants, once it said so', async () => {
    script.answers.REGISTER = (request) => {
      if (Number(request.get('expires')) >= 1800) script.accept(request);
      else script.reply(request, 423, 'Interval Too Brief', { headers: ['Min-Expires: 1800'] });
    };
    await signIn();
    const asked = script.received.map((request) => request.get('expires'));
    assert.deepEqual(asked, ['600', '1800']);
  });

  test('423 that names no time ends the sign-in and is not asked again and again', async () => {
    script.answers.REGISTER = (request) => script.reply(request, 423, 'Interval Too Brief');
    await assert.rejects(signIn(), failsWith('internal'));
    assert.equal(script.received.length, 1);
  });

  test('491: makes a new offer after a while, and the hold is done then', async () => {
    const { id, call } = await talking();
    const held = port.act(id, { type: 'hold' });
    await event('wanted');
    await port.describe(id, { type: 'offer', sdp: sdp() });
    const refused = await script.request('INVITE');
    events = [];
    script.reply(refused, 491, 'Request Pending');
    // The media may have taken an offer of the other side meanwhile: the one there was is out of date.
    await event('wanted', ({ what }) => what === 'offer');
    await port.describe(id, { type: 'offer', sdp: sdp('a=sendrecv', 'bbbb') });
    const again = await script.request('INVITE');
    assert.match(again.body, /a=sendonly/);
    assert.match(again.body, /ufrag:bbbb/);
    script.reply(again, 200, 'OK', {
      body: sdp('a=recvonly'),
      headers: ['Contact: <sip:mallory@script.invalid>'],
    });
    await held;
    assert.ok((await event('call', ({ call: { heldLocally } }) => heldLocally)).call.heldLocally);
    call.send('BYE');
  });

  test('491: says so when the other side offers while this one does', async () => {
    const { id, call } = await talking();
    const held = port.act(id, { type: 'hold' });
    await event('wanted');
    await port.describe(id, { type: 'offer', sdp: sdp() });
    const offered = await script.request('INVITE');
    call.send('INVITE', { body: sdp() });
    await script.response('INVITE', 491);
    script.reply(offered, 200, 'OK', {
      body: sdp('a=recvonly'),
      headers: ['Contact: <sip:mallory@script.invalid>'],
    });
    await held;
  });

  for (const [what, answer, reason] of [
    ['a refusal of the offer', [488, 'Not Acceptable Here', {}], 'media-failed'],
    [
      'a refusal of the section',
      [200, 'OK', { body: `${sdp()}m=video 0 UDP/TLS/RTP/SAVPF 96\r\n` }],
      'unsupported',
    ],
  ] as const)
    test(`video that nobody spoke of is offered when it is wanted; ${what} is told, and the call goes on`, async () => {
      const { id, call } = await talking();
      const seen = port.act(id, { type: 'video', sending: true });
      seen.catch(() => {});
      await event('wanted');
      const video = `${sdp()}m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendrecv\r\n`;
      await port.describe(id, { type: 'offer', sdp: video });
      const offered = await script.request('INVITE');
      assert.match(offered.body, /^m=video 9/m);
      const [code, phrase, parts] = answer;
      const contact = ['Contact: <sip:mallory@script.invalid>'];
      script.reply(offered, code, phrase, { ...parts, headers: contact });
      await assert.rejects(seen, failsWith(reason));
      events = [];
      const held = port.act(id, { type: 'hold' });
      await event('wanted');
      await port.describe(id, { type: 'offer', sdp: video });
      const again = await script.request('INVITE');
      assert.match(again.body, /^m=video 9.*\r\na=inactive/m, 'no picture is promised any more');
      script.reply(again, 200, 'OK', { body: sdp('a=recvonly'), headers: contact });
      await held;
      call.send('BYE');
    });

  test('an INVITE without an offer is answered with one', async () => {
    await signIn();
    const call = script.call();
    const { id } = (await event('call')).call;
    await port.accept(id, { type: 'offer', sdp: sdp() }, false);
    const accepted = await call.accepted({ body: sdp('a=sendrecv', 'bbbb') });
    assert.match(accepted.body, /a=ice-ufrag:aaaa/);
    const { description } = await event('description');
    assert.equal(description.type, 'answer');
    assert.match(description.sdp, /a=ice-ufrag:bbbb/);
  });

  test('a re-INVITE without an offer, too', async () => {
    const { id, call } = await talking();
    events = [];
    call.send('INVITE');
    await event('wanted', ({ what }) => what === 'offer');
    await port.describe(id, { type: 'offer', sdp: sdp() });
    await call.accepted({ body: sdp('a=sendrecv', 'cccc') });
    const { description } = await event('description');
    assert.deepEqual([description.type, /ufrag:(\w+)/.exec(description.sdp)?.[1]], ['answer', 'cccc']);
  });

  test('a re-INVITE with other paths (ICE restart) reaches the media, and its answer the other side', async () => {
    const { id, call } = await talking();
    events = [];
    call.send('INVITE', { body: sdp('a=sendrecv', 'dddd') });
    const { description } = await event('description');
    assert.deepEqual([description.type, /ufrag:(\w+)/.exec(description.sdp)?.[1]], ['offer', 'dddd']);
    await port.describe(id, { type: 'answer', sdp: sdp('a=sendrecv', 'eeee') });
    assert.match((await call.accepted()).body, /ufrag:eeee/);
  });

  test('hears how a transfer goes also before it is told that it is made', async () => {
    const { id, call } = await talking();
    const transferred = port.act(id, { type: 'transfer', to: '102' });
    const refer = await script.request('REFER');
    call.send('NOTIFY', {
      headers: ['Event: refer', 'Subscription-State: terminated', 'Content-Type: message/sipfrag'],
      body: 'SIP/2.0 486 Busy Here\r\n',
    });
    await script.response('NOTIFY', 200);
    script.reply(refer, 202, 'Accepted', { headers: ['Contact: <sip:mallory@script.invalid>'] });
    await transferred;
    const state = await event('call', ({ call: { transfer } }) => transfer?.state === 'failed');
    assert.equal(state.call.transfer?.reason, 'busy');
    call.send('BYE');
  });

  describe('a transfer the other side asks for', () => {
    const refer = (target: string) => ({ headers: [`Refer-To: <${target}>`] });

    test('goes to numbers of this phone system', async () => {
      const { call } = await talking();
      call.send('REFER', refer('sip:102@127.0.0.1'));
      await script.response('REFER', 202);
      const wanted = await event('wanted');
      assert.ok(wanted.what === 'dial' && wanted.to === '102');
      await port.act(wanted.callId, { type: 'reject' });
      await script.next(({ method, body }) => method === 'NOTIFY' && /^SIP\/2\.0 4\d\d/.test(body));
    });

    test('goes nowhere else, unless the page says so', async () => {
      const { call } = await talking();
      call.send('REFER', refer('sip:0900@elsewhere.example'));
      await script.response('REFER', 603);
      assert.ok(!events.some(({ type }) => type === 'wanted'));
    });

    test('goes anywhere where the page says so', async () => {
      const { call } = await talking({ transfers: 'any' });
      call.send('REFER', refer('sip:0900@elsewhere.example'));
      await script.response('REFER', 202);
      const wanted = await event('wanted');
      assert.ok(wanted.what === 'dial' && wanted.to === '0900@elsewhere.example');
    });

    test('is refused where the page says so', async () => {
      const { call } = await talking({ transfers: 'none' });
      call.send('REFER', refer('sip:102@127.0.0.1'));
      await script.response('REFER', 603);
    });

    test('is refused where it makes no sense, outside of calls, and with headers smuggled in', async () => {
      const { call } = await talking();
      call.send('REFER', { headers: ['Refer-To: <sip:102@127.0.0.1?Replaces=a%0d%0aRoute:%20x>'] });
      await script.response('REFER', 400);
      call.send('REFER');
      await script.response('REFER', 400);
      script.ask('REFER', refer('sip:102@127.0.0.1'));
      await script.response('REFER', 405);
      assert.ok(!events.some(({ type }) => type === 'wanted'));
    });
  });

  test('signing out takes two seconds at most of a server that says nothing any more', async () => {
    const { id } = await talking();
    for (const extension of ['102', '103']) port.watchExtension(extension);
    for (const method of Object.keys(script.answers)) script.answers[method] = undefined;
    const left = port.act(id, { type: 'hangup' });
    const began = performance.now();
    await port.close();
    assert.ok(performance.now() - began < 2600);
    await left;
  });

  test('a message nobody listens for is not taken', async () => {
    await signIn();
    script.ask('MESSAGE', { body: 'Hello', type: 'text/plain' });
    await script.response('MESSAGE', 480);
    script.ask('MESSAGE', { body: '<b>Hello</b>', type: 'text/html' });
    await script.response('MESSAGE', 415);
    script.ask('MESSAGE', { body: 'x'.repeat(4001), type: 'text/plain' });
    await script.response('MESSAGE', 413);
  });

  test('a message that comes before who listens is heard, and one kept by the server is reported so', async () => {
    await signIn();
    script.ask('MESSAGE', { body: 'Early', type: 'text/plain' });
    await script.request('REGISTER');
    const control = await port.control();
    const told: string[] = [];
    control.listen((one) =>
      told.push(
        one.type === 'text-message'
          ? one.message.text
          : one.type === 'message-report'
            ? `kept ${one.report.kept}`
            : '',
      ),
    );
    await script.response('MESSAGE', 200);
    script.answers.MESSAGE = (request) => script.reply(request, 202, 'Accepted');
    await control.sendMessageTo('102', 'Later');
    assert.deepEqual(told, ['Early', 'kept true']);
    for (const [code, reason] of [
      [404, 'not-found'],
      [480, 'unavailable'],
      [403, 'unauthorized'],
      [415, 'unsupported'],
      [500, 'internal'],
    ] as const) {
      script.answers.MESSAGE = (request) => script.reply(request, code);
      await assert.rejects(control.sendMessageTo('102', 'x'), failsWith(reason));
    }
    await assert.rejects(control.sendMessageTo('102', 'x'.repeat(4001)), failsWith('unsupported'));
  });

  test('options that cannot be used are refused, in words that hold no password', () => {
    port = new SipSignaling(script.address);
    const said: string[] = [];
    const { error } = console;
    console.error = (message: string) => said.push(message);
    try {
      for (const [bad, words] of [
        ['{', /the option sip|option sip cannot/i],
        [{ iceServers: [{ urls: 'http://x' }] }, /iceServers\.0\.urls.*stun:/],
        [{ iceServers: [{ urls: 'turn:x:3478', username: 'u' }] }, /TURN server needs/],
        [{ iceServers: 'turn:x' }, /iceServers.*list/],
        [{ transfers: 'yes' }, /transfers.*inside/],
        [{ iceServer: [] }, /iceServer/],
      ] as const) {
        assert.throws(
          () => new SipSignaling(script.address, bad as never),
          (thrown: unknown) =>
            thrown instanceof SignalingError &&
            thrown.reason === 'invalid-address' &&
            words.test(thrown.message),
          JSON.stringify(bad),
        );
      }
    } finally {
      console.error = error;
    }
    assert.equal(said.length, 6);
    const servers = [{ urls: 'turn:x:3478', username: 'u', credential: 'p' }];
    assert.doesNotThrow(() => new SipSignaling(script.address, JSON.stringify({ iceServers: servers })));
  });
});
