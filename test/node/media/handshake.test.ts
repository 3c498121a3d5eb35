import assert from 'node:assert/strict';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { CipherContext, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } from 'werift';
import { createReassembler } from '../../../src/pbx/media/werift/handshake-fragments.js';
import { provesKey } from '../../../src/pbx/media/werift/key-proof.js';

/** A piece of message `seq`, `length` bytes in all. */
function piece(seq: number, at: number, size: number, length: number) {
  return { message_seq: seq, fragment_offset: at, fragment_length: size, length };
}

describe('putting handshake messages together', () => {
  const [first, second] = [piece(0, 0, 1200, 1463), piece(0, 1200, 263, 1463)];

  it('takes pieces in any order, and repeated ones once', () => {
    const take = createReassembler();
    assert.deepEqual([take([second]), take([second]), take([first])], [[], [], [first, second]]);
    assert.deepEqual([take([first]), take([second])], [[], [first, second]]);
  });

  it('gives out a whole message at once', () => {
    const whole = piece(3, 0, 40, 40);
    assert.deepEqual(createReassembler()([whole]), [whole]);
  });

  it('keeps messages apart', () => {
    const take = createReassembler();
    const other = [piece(1, 0, 1200, 1483), piece(1, 1200, 283, 1483)];
    assert.deepEqual([take([first]), take([other[1]!]), take([second])], [[], [], [first, second]]);
    assert.deepEqual(take([other[0]!]), other);
  });

  it('does not begin anew with a first hello that comes late', () => {
    const take = createReassembler();
    take([first, second, piece(1, 0, 20, 20)]);
    assert.deepEqual(take([first, second]), []);
    assert.equal(take([piece(1, 0, 20, 20)]).length, 1);
  });

  it('never completes pieces that do not fit, and keeps few', () => {
    const take = createReassembler();
    assert.deepEqual(take([piece(1, 0, 10, 20), piece(1, 15, 5, 20)]), []);
    assert.deepEqual(take([piece(2, 0, 10, 20), piece(2, 10, 10, 30)]), []);
    for (let seq = 0; seq < 1000; seq++) assert.deepEqual(take([piece(seq, 0, 1, 2)]), []);
    assert.deepEqual(take([piece(999, 1, 1, 2)]), []);
  });
});

describe('the proof that a party holds its key', () => {
  const message = (msg_type: number, fragment: Buffer) => ({
    msg_type,
    fragment,
    serialize: () => Buffer.concat([Buffer.from([msg_type]), fragment]),
  });
  const said = [message(1, Buffer.from('hello')), message(16, Buffer.from('key exchange'))];

  async function party() {
    const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(
      { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
      NamedCurveAlgorithm.secp256r1_23,
    );
    const proof = (messages: typeof said, scheme = 0x0403) => {
      const data = Buffer.concat(messages.map((entry) => entry.serialize()));
      const signature = sign('sha256', data, createPrivateKey(keyPem));
      const head = Buffer.alloc(4);
      head.writeUInt16BE(scheme, 0);
      head.writeUInt16BE(signature.length, 2);
      return message(15, Buffer.concat([head, signature]));
    };
    return { certificate: new X509Certificate(certPem).raw, proof };
  }

  it('is a signature over all that was said', async () => {
    const { certificate, proof } = await party();
    assert.ok(provesKey([...said, proof(said), message(20, Buffer.from('finished'))], certificate));
  });

  it('is none when something else was said, or another key signed', async () => {
    const [owner, thief] = [await party(), await party()];
    assert.ok(!provesKey([...said, owner.proof(said.slice(1))], owner.certificate));
    assert.ok(!provesKey([...said, thief.proof(said)], owner.certificate));
  });

  it('is none when it is missing, broken or of another kind', async () => {
    const { certificate, proof } = await party();
    assert.ok(!provesKey(said, certificate));
    assert.ok(!provesKey([...said, proof(said)], undefined));
    assert.ok(!provesKey([...said, proof(said)], Buffer.from('no certificate')));
    assert.ok(!provesKey([...said, message(15, Buffer.from([4]))], certificate));
    assert.ok(!provesKey([...said, proof(said, 0x0804)], certificate));
    assert.ok(!provesKey([...said, proof(said, 0x0201)], certificate));
  });
});
