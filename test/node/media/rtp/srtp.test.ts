import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RtpHeader, SrtcpSession, SrtpSession } from 'werift';
import { writeRtp } from '../../../../src/pbx/media/rtp/packet.js';
import { SrtpContext } from '../../../../src/pbx/media/rtp/srtp/context.js';
import { sessionKeys, SUITES } from '../../../../src/pbx/media/rtp/srtp/keys.js';
import { runs } from '../../../support/property.js';

const MASTER = Buffer.from('E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6', 'hex');
const packet = (sequence: number, text = 'sound', ssrc = 5) =>
  writeRtp({
    payloadType: 0,
    marker: false,
    sequence: sequence & 0xffff,
    timestamp: (sequence * 160) >>> 0,
    ssrc,
    payload: Buffer.from(text),
  });

describe('SRTP', () => {
  it('derives the keys of RFC 3711, B.3', () => {
    const { encryption, authentication, salt } = sessionKeys(MASTER, 'rtp');
    assert.equal(encryption.toString('hex').toUpperCase(), 'C61E7A93744F39EE10734AFE3FF7A087');
    assert.equal(salt.toString('hex').toUpperCase(), '30CBBC08863D8C85D49DB34A9AE1');
    assert.equal(authentication.toString('hex').toUpperCase(), 'CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4');
  });

  it('is understood by another implementation, and understands it', () => {
    const [localMasterKey, localMasterSalt] = [MASTER.subarray(0, 16), MASTER.subarray(16)];
    const keys = {
      localMasterKey,
      localMasterSalt,
      remoteMasterKey: localMasterKey,
      remoteMasterSalt: localMasterSalt,
    };
    const other = new SrtpSession({ keys, profile: 1 });
    const ours = new SrtpContext('AES_CM_128_HMAC_SHA1_80', MASTER);
    assert.deepEqual(other.decrypt(ours.protect(packet(9))), packet(9));
    const header = new RtpHeader({ payloadType: 0, sequenceNumber: 10, timestamp: 1600, ssrc: 5 });
    assert.deepEqual(ours.unprotect(other.encrypt(Buffer.from('sound'), header)), packet(10));

    const control = Buffer.from('81c90007000000050102030405060708', 'hex');
    const otherControl = new SrtcpSession({ keys, profile: 1 });
    assert.deepEqual(otherControl.decrypt(ours.protectControl(control)), control);
    assert.deepEqual(ours.unprotectControl(otherControl.encrypt(control)), control);
  });

  for (const suite of SUITES) {
    it(`gets over rollovers, losses and disorder (${suite})`, () => {
      const [sender, receiver] = [new SrtpContext(suite, MASTER), new SrtpContext(suite, MASTER)];
      const kept: Buffer[] = [];
      for (let at = 65_000; at < 65_000 + 70_000; at += 1) {
        const sent = sender.protect(packet(at));
        // A pause around each rollover, and now and then two that change places.
        if ((at & 0xffff) < 500 || (at & 0xffff) > 65_000) continue;
        kept.push(sent);
        if (at % 1000 === 7) kept.push(...kept.splice(-2, 1));
      }
      assert.ok(kept.every((sent) => receiver.unprotect(sent) !== null));
    });
  }

  it('takes no packet twice, none that was changed, and none of another key', () => {
    const receiver = new SrtpContext(SUITES[0], MASTER);
    const sender = new SrtpContext(SUITES[0], MASTER);
    const sent = sender.protect(packet(1));
    const changed = Buffer.from(sent);
    changed[13]! ^= 1;
    assert.equal(receiver.unprotect(changed), null);
    assert.deepEqual(receiver.unprotect(sent), packet(1));
    assert.equal(receiver.unprotect(sent), null);
    assert.equal(receiver.unprotect(new SrtpContext(SUITES[0], Buffer.alloc(30)).protect(packet(2))), null);
    for (let at = 2; at < 100; at++) receiver.unprotect(sender.protect(packet(at)));
    assert.equal(receiver.unprotect(sent), null, 'too old to be known');
    const control = sender.protectControl(Buffer.from('80c9000100000005', 'hex'));
    assert.ok(receiver.unprotectControl(control));
    assert.equal(receiver.unprotectControl(control), null);
  });

  it('drops whatever is no SRTP, and still takes what is', () => {
    const [sender, receiver] = [new SrtpContext(SUITES[1], MASTER), new SrtpContext(SUITES[1], MASTER)];
    let sequence = 0;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const junk = Buffer.from(bytes);
        assert.equal(receiver.unprotect(junk), null);
        assert.equal(receiver.unprotectControl(junk), null);
        assert.ok(receiver.unprotect(sender.protect(packet((sequence += 1)))));
      }),
      runs(500, 1500),
    );
  });
});
