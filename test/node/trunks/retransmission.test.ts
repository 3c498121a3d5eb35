import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Framing } from '../../../src/pbx/trunks/wire/framing.js';
import { peek } from '../../../src/pbx/trunks/wire/peek.js';
import { Retransmission } from '../../../src/pbx/trunks/wire/retransmission.js';
import { FakeClock } from '../exchange/fake-clock.js';

const SERVER = { address: '192.0.2.1', port: 5060 };
const message = (start: string, branch: string, cseq: string) =>
  `${start}\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;rport;branch=${branch}\r\nCSeq: 1 ${cseq}\r\n\r\n`;
const request = (method: string, branch = 'z9hG4bK1') => message(`${method} sip:a@b SIP/2.0`, branch, method);
const response = (status: number, cseq: string, branch = 'z9hG4bK1') =>
  message(`SIP/2.0 ${status} Whatever`, branch, cseq);

describe('over UDP', () => {
  let clock: FakeClock;
  let sent: string[];
  let layer: Retransmission;
  const receive = (text: string) => layer.receive(peek(text)!, SERVER);

  beforeEach(() => {
    clock = new FakeClock();
    sent = [];
    layer = new Retransmission(clock, (text) => {
      sent.push(text);
      return Promise.resolve();
    });
  });

  it('a request is sent again until something comes, and not for ever', async () => {
    await layer.send(request('INVITE'), SERVER);
    clock.pass(499);
    assert.equal(sent.length, 1);
    clock.pass(1 + 1000 + 2000);
    assert.equal(sent.length, 4, 'after 0.5, 1.5 and 3.5 s');
    assert.ok(receive(response(180, 'INVITE')), 'passed on');
    clock.pass(60_000);
    assert.equal(sent.length, 4);
    await layer.send(request('OPTIONS', 'z9hG4bK2'), SERVER);
    clock.pass(60_000);
    assert.equal(sent.length, 4 + 11, 'at most every four seconds, for half a minute');
  });

  it('an answer is sent again when the request comes again, and the request is seen once', async () => {
    assert.ok(receive(request('BYE')));
    assert.ok(!receive(request('BYE')), 'it is being worked on');
    assert.equal(sent.length, 0);
    await layer.send(response(200, 'BYE'), SERVER);
    assert.ok(!receive(request('BYE')));
    assert.deepEqual(sent, [response(200, 'BYE'), response(200, 'BYE')]);
    clock.pass(32_000);
    assert.ok(receive(request('BYE')), 'forgotten');
  });

  it('a refusal is sent again until it is acknowledged', async () => {
    receive(request('INVITE'));
    await layer.send(response(486, 'INVITE'), SERVER);
    clock.pass(1500);
    assert.equal(sent.length, 3);
    assert.ok(receive(request('ACK')));
    clock.pass(60_000);
    assert.equal(sent.length, 3);
  });

  it('a refusal that comes again is acknowledged again', async () => {
    await layer.send(request('INVITE'), SERVER);
    assert.ok(receive(response(486, 'INVITE')));
    await layer.send(request('ACK'), SERVER);
    assert.ok(!receive(response(486, 'INVITE')));
    assert.deepEqual(sent, [request('INVITE'), request('ACK'), request('ACK')]);
  });

  it('what is never answered takes nobody’s place for long', () => {
    for (let each = 0; each < 2000; each++) assert.ok(receive(request('OPTIONS', `z9hG4bK-${each}`)));
    assert.ok(!receive(request('OPTIONS', 'z9hG4bK-one-more')), 'there is no place');
    clock.pass(32_000);
    assert.ok(receive(request('OPTIONS', 'z9hG4bK-one-more')));
  });

  it('nothing is left behind', async () => {
    await layer.send(request('INVITE'), SERVER);
    receive(request('OPTIONS', 'z9hG4bK3'));
    layer.close();
    clock.pass(60_000);
    assert.equal(sent.length, 1);
  });
});

describe('on a connection', () => {
  const whole = 'OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 3\r\n\r\nabc';

  it('messages are told apart, however they are cut, and pings are counted', () => {
    const stream = `\r\n\r\n${whole}\r\n${whole}`;
    for (let size = 1; size < stream.length; size += 1) {
      const framing = new Framing();
      const messages: string[] = [];
      let pings = 0;
      for (let at = 0; at < stream.length; at += size) {
        const taken = framing.take(stream.slice(at, at + size));
        messages.push(...taken.messages);
        pings += taken.pings;
      }
      assert.deepEqual([messages, pings], [[whole, whole], 1], `${size} at a time`);
    }
  });

  it('what has no end, or no length, or is too long, is refused', () => {
    assert.throws(() => new Framing().take('x'.repeat(20_000)));
    assert.throws(() => new Framing().take('OPTIONS sip:a@b SIP/2.0\r\nFrom: a\r\n\r\n'));
    assert.throws(() => new Framing().take('OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 99999\r\n\r\n'));
  });
});
