import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createReassembler,
  type HandshakeFragment,
} from '../../../src/pbx/media/werift/handshake-fragments.js';

const piece = (message: number, offset: number, bytes: number, length = 1500): HandshakeFragment => ({
  length,
  message_seq: message,
  fragment_offset: offset,
  fragment_length: bytes,
});

describe('DTLS handshake messages', () => {
  const first = piece(0, 0, 1200);
  const second = piece(0, 1200, 300);

  it('pass when whole', () => {
    const whole = piece(3, 0, 80, 80);
    assert.deepEqual(createReassembler()([whole]), [whole]);
  });

  it('are put together from pieces', () => {
    const take = createReassembler();
    assert.deepEqual(take([first]), []);
    assert.deepEqual(take([second]), [first, second]);
  });

  it('are put together when the pieces come in the wrong order', () => {
    const take = createReassembler();
    assert.deepEqual(take([second]), []);
    assert.deepEqual(take([first]), [first, second]);
  });

  it('are put together when a piece was lost and all come again', () => {
    const take = createReassembler();
    assert.deepEqual(take([first]), []);
    assert.deepEqual(take([first]), []);
    assert.deepEqual(take([second]), [first, second]);
    assert.deepEqual(take([second]), []);
  });

  it('are put together when they come again in other pieces', () => {
    const take = createReassembler();
    take([piece(0, 0, 1000)]);
    take([first]);
    assert.deepEqual(take([second]), [first, second]);
  });

  it('do not mix with one another', () => {
    const take = createReassembler();
    take([first]);
    assert.deepEqual(take([piece(1, 1200, 300)]), []);
  });

  it('that are never completed do not pile up', () => {
    const take = createReassembler();
    for (let message = 0; message < 100; message++) take([piece(message, 0, 10)]);
    assert.deepEqual(take([piece(200, 0, 1200), piece(200, 1200, 300)]), []);
    assert.deepEqual(take([piece(0, 10, 1490)]).length, 2);
  });
});
