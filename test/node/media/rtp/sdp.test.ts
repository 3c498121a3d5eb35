import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TrunkSecurity } from '../../../../src/pbx/media/engine.js';
import { Agreement } from '../../../../src/pbx/media/rtp/agreement.js';
import { ProtocolError } from '../../../../src/protocol/index.js';
import { runs } from '../../../support/property.js';

const HEAD = ['v=0', 'o=- 1 1 IN IP4 192.0.2.7', 's=-', 'c=IN IP4 192.0.2.7', 't=0 0'];
const sdp = (...lines: string[]) => [...HEAD, ...lines, ''].join('\r\n');
const KEY = Buffer.alloc(30, 1).toString('base64');
const crypto = (tag: number, suite: string, more = '') => `a=crypto:${tag} ${suite} inline:${KEY}${more}`;

function agreement(security: TrunkSecurity = 'none', more = {}): Agreement {
  return new Agreement({ security, address: '198.51.100.1', ...more }, 4000, 4001, { id: '77' });
}
const answers = (offer: string, security: TrunkSecurity = 'none', more = {}) =>
  agreement(security, more).answer(offer);
/** What a refusal says. */
const refused = (offer: string, says: RegExp, security: TrunkSecurity = 'none') =>
  assert.throws(
    () => answers(offer, security),
    (error: ProtocolError) => error.reason === 'media-failed' && says.test(error.message),
  );

describe('session descriptions of trunks', () => {
  it('are answered with one codec and its events', () => {
    const { answer, agreed } = answers(
      sdp('m=audio 6000 RTP/AVP 8 0 101', 'a=rtpmap:101 telephone-event/8000', 'a=ptime:30'),
    );
    assert.equal(
      answer,
      [
        'v=0',
        'o=- 77 1 IN IP4 198.51.100.1',
        's=-',
        'c=IN IP4 198.51.100.1',
        't=0 0',
        'm=audio 4000 RTP/AVP 0 101',
        'a=rtpmap:0 PCMU/8000',
        'a=rtpmap:101 telephone-event/8000',
        'a=fmtp:101 0-15',
        'a=ptime:20',
        'a=sendrecv',
        'a=rtcp:4001',
        '',
      ].join('\r\n'),
    );
    assert.deepEqual(agreed.target, { address: '192.0.2.7', port: 6000, controlPort: 6001 });
    assert.equal(agreed.packetMs, 30);
  });

  it('are answered by our own preference', () => {
    const offer = sdp('m=audio 6000 RTP/AVP 0 8 96', 'a=rtpmap:96 opus/48000/2');
    assert.equal(answers(offer).agreed.codec.name, 'opus');
    assert.equal(answers(offer, 'none', { codecs: ['PCMA', 'PCMU'] }).agreed.codec.name, 'PCMA');
    refused(sdp('m=audio 6000 RTP/AVP 18 9', 'a=rtpmap:18 G729/8000'), /Opus or G\.711/);
  });

  it('keep every section in its place, with port 0 where it is not used', () => {
    const { answer } = answers(
      sdp('m=video 7000 RTP/AVP 97', 'm=audio 0 RTP/AVP 0', 'm=audio 6000 RTP/AVP 0', 'm=image 5 udptl t38'),
    );
    assert.deepEqual(answer.match(/^m=.*$/gm), [
      'm=video 0 RTP/AVP 97',
      'm=audio 0 RTP/AVP 0',
      'm=audio 4000 RTP/AVP 0',
      'm=image 0 udptl t38',
    ]);
  });

  it('share a port for RTP and RTCP where both want to', () => {
    const { answer, agreed } = answers(sdp('m=audio 6000 RTP/AVP 0', 'a=rtcp:6009', 'a=rtcp-mux'));
    assert.match(answer, /a=rtcp:4000\r\na=rtcp-mux/);
    assert.equal(agreed.target!.controlPort, 6000);
    assert.equal(answers(sdp('m=audio 6000 RTP/AVP 0', 'a=rtcp:6009')).agreed.target!.controlPort, 6009);
  });

  it('agree on keys as the trunk wants it', () => {
    const both = [crypto(3, 'AES_CM_128_HMAC_SHA1_32'), crypto(4, 'AES_CM_128_HMAC_SHA1_80', '|2^20')];
    const secure = sdp('m=audio 6000 RTP/SAVP 0', ...both);
    for (const security of ['optional', 'required'] as const) {
      const { answer, agreed } = answers(secure, security);
      assert.match(answer, /m=audio 4000 RTP\/SAVP 0\r\n[^]*a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:/);
      assert.ok(agreed.keys && !agreed.keys.ours.master.equals(agreed.keys.theirs.master));
    }
    refused(secure, /encrypted/);
    const open = sdp('m=audio 6000 RTP/AVP 0');
    refused(open, /no SRTP key/, 'required');
    assert.equal(answers(open, 'optional').agreed.keys, null);
    // A key beside the plain profile, as some phones offer it.
    const maybe = sdp('m=audio 6000 RTP/AVP 0', ...both);
    assert.equal(answers(maybe).agreed.keys, null);
    assert.ok(answers(maybe, 'optional').agreed.keys);
    // Both in turn: the protected one is taken.
    const { answer } = answers(sdp('m=audio 6000 RTP/AVP 0', 'm=audio 6002 RTP/SAVP 0', ...both), 'optional');
    assert.match(answer, /m=audio 0 RTP\/AVP 0\r\nm=audio 4000 RTP\/SAVP 0/);
  });

  it('take no key with an identifier, of another length or suite', () => {
    for (const line of [
      crypto(1, 'AES_CM_128_HMAC_SHA1_80', '|2^20|1:4'),
      crypto(1, 'AES_256_CM_HMAC_SHA1_80'),
      crypto(1, 'AES_CM_128_HMAC_SHA1_80', ' UNENCRYPTED_SRTP'),
      crypto(1, 'AES_CM_128_HMAC_SHA1_80').slice(0, -4),
      'a=crypto:',
    ]) {
      refused(sdp('m=audio 6000 RTP/SAVP 0', line), /SRTP key/, 'required');
    }
  });

  it('keep a key over a new offer, and the version goes up', () => {
    const call = agreement('required');
    const offer = sdp('m=audio 6000 RTP/SAVP 0', crypto(1, 'AES_CM_128_HMAC_SHA1_80'));
    const [first, second] = [call.answer(offer), call.answer(offer)];
    assert.deepEqual(first.agreed.keys, second.agreed.keys);
    assert.match(second.answer, /o=- 77 2 /);
  });

  it('are offered and answered', () => {
    const call = agreement('required', { codecs: ['PCMA'] });
    const offer = call.offer();
    assert.match(offer, /m=audio 4000 RTP\/SAVP 8 101\r\n/);
    assert.match(offer, /a=crypto:1 AES_CM_128_HMAC_SHA1_80 .*\r\na=crypto:2 AES_CM_128_HMAC_SHA1_32 /);
    assert.throws(() => call.answer(sdp('m=audio 6000 RTP/AVP 8')), { reason: 'wrong-state' });
    const answer = (line: string) => sdp('m=audio 6000 RTP/SAVP 8', line);
    for (const wrong of [
      answer('a=x'),
      answer(crypto(1, 'AES_CM_128_HMAC_SHA1_32')),
      answer('m=audio 0 x 8'),
    ]) {
      assert.throws(() => call.accept(wrong), { reason: 'media-failed' });
    }
    const agreed = call.accept(answer(crypto(2, 'AES_CM_128_HMAC_SHA1_32')));
    assert.equal(agreed.keys!.ours.suite, 'AES_CM_128_HMAC_SHA1_32');
    assert.equal(agreed.events, null);
    assert.match(call.offerAnew('inactive'), /RTP\/SAVP 8\r\n[^]*a=crypto:2 [^]*a=inactive/);
  });

  it('hold in the old way too', () => {
    const { agreed } = answers(sdp('m=audio 6000 RTP/AVP 0', 'c=IN IP4 0.0.0.0'));
    assert.deepEqual([agreed.target, agreed.isHeldByFarSide, agreed.maySend], [null, true, false]);
  });

  it('are refused with what is wrong', () => {
    refused('', /does not start/);
    refused(sdp(), /no media section/);
    refused(sdp('m=audio'), /cannot be read/);
    refused(sdp('m=audio 6000 RTP/AVP 0', 'c=IN IP4 phone.example.com'), /no IP address/);
    refused(sdp('m=audio 6000 RTP/AVP 0', 'c=IN IP4 224.2.1.1/127'), /multicast/);
    refused(sdp('m=audio 6000 UDP/TLS/RTP/SAVPF 0'), /no audio/);
    refused(sdp('m=audio 6000 RTP/AVP 0').replace('v=0', 'v=0'.padEnd(70_000, 'x')), /longer/);
  });

  it('cannot do more than be refused, whatever they are', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'm=audio 6000 RTP/AVP 0',
        'm=audio 1 RTP/SAVP 96 0',
        'c=IN IP6 ::1',
        'a=rtpmap:96 __proto__',
      ),
      fc.constantFrom('a=ptime:0', 'a=maxptime:1', 'a=rtcp:99999', 'a=mid:\u0000', crypto(1, 'constructor')),
      fc.string({ maxLength: 40 }).map((text) => `a=${text}`),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('none', 'optional'),
        (lines, security) => {
          try {
            const { agreed } = answers(sdp(...lines), security as TrunkSecurity);
            assert.ok(agreed.packetMs >= 10 && agreed.packetMs <= 60);
          } catch (error) {
            assert.ok(error instanceof ProtocolError, String(error));
          }
        },
      ),
      runs(1000, 2000),
    );
  });
});
