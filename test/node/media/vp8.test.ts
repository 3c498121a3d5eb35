import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeyFrameRequests } from '../../../src/pbx/media/werift/key-frame-requests.js';
import { VideoSender } from '../../../src/pbx/media/werift/video-sender.js';
import { PictureNumbers, readVp8 } from '../../../src/pbx/media/werift/vp8.js';
import type { MediaPacket, MediaSource } from '../../../src/pbx/media/engine.js';

/** The first packet of a picture, with a 15-bit picture ID and a base layer number. */
function picture(id: number, { key = false, base = 0, start = true } = {}): Buffer {
  const descriptor = [start ? 0x90 : 0x80, 0xe0, 0x80 | (id >> 8), id & 0xff, base, 0x20];
  return Buffer.from([...descriptor, key ? 0x00 : 0x01, 1, 2, 3]);
}

describe('the VP8 descriptor', () => {
  it('tells key frames', () => {
    assert.equal(readVp8(picture(7, { key: true }))!.keyFrame, true);
    assert.equal(readVp8(picture(7))!.keyFrame, false);
    assert.equal(readVp8(picture(7, { key: true, start: false }))!.keyFrame, false);
    assert.equal(readVp8(Buffer.from([0x10, 0x00]))!.keyFrame, true);
    assert.equal(readVp8(Buffer.from([0x11, 0x00]))!.keyFrame, false);
  });

  it('reads picture IDs of both widths', () => {
    assert.equal(readVp8(picture(0x1234))!.pictureId!.value, 0x1234);
    assert.deepEqual(readVp8(Buffer.from([0x90, 0x80, 0x55, 0]))!.pictureId, { at: 2, bits: 7, value: 0x55 });
  });

  it('takes nothing from a payload cut short', () => {
    const whole = picture(0x1234, { key: true });
    for (let length = 0; length < 7; length++) {
      assert.notEqual(readVp8(whole.subarray(0, length))?.keyFrame, true, `${length} bytes`);
    }
  });

  it('is numbered on over a change of source', () => {
    const numbers = new PictureNumbers();
    const at = (id: number, base: number, first = false) => {
      const payload = picture(id, { base });
      const seen = readVp8(numbers.renumber(payload, readVp8(payload)!, first))!;
      return [seen.pictureId!.value, seen.baseLayer!.value];
    };
    assert.deepEqual(at(0x7ffe, 254, true), [0x7ffe, 254]);
    assert.deepEqual(at(0x7fff, 255), [0x7fff, 255]);
    assert.deepEqual(at(100, 7, true), [0, 0]);
    assert.deepEqual(at(101, 8), [1, 1]);
    assert.deepEqual(at(5, 5, true), [2, 2]);
  });
});

describe('video to a viewer', () => {
  it('begins with a key frame after every change of source', () => {
    const sent: Buffer[] = [];
    const sender = new VideoSender((_codec, payload) => sent.push(payload));
    const source = () => {
      let listener: (packet: MediaPacket) => void = () => {};
      let requests = 0;
      let sequence = 0;
      const made: MediaSource = {
        subscribe: (_kind, given) => {
          listener = given;
          return () => (listener = () => {});
        },
        requestKeyFrame: () => (requests += 1),
      };
      const emit = (payload: Buffer) =>
        listener({ payload, sequence: sequence++, timestamp: sequence * 6000, marker: true, codec: 'vp8' });
      return { made, emit, requests: () => requests };
    };
    const [a, b] = [source(), source()];
    sender.listenTo(a.made);
    assert.equal(a.requests(), 1);
    a.emit(picture(1));
    assert.equal(sent.length, 0);
    a.emit(picture(2, { key: true }));
    a.emit(picture(3));
    assert.equal(sent.length, 2);
    sender.listenTo(b.made);
    a.emit(picture(4));
    b.emit(picture(9000));
    assert.equal(sent.length, 2);
    b.emit(picture(9001, { key: true }));
    assert.equal(sent.length, 3);
    assert.equal(readVp8(sent[2]!)!.pictureId!.value, 4);
  });
});

describe('key frame requests', () => {
  it('are asked at once, then put off and joined, never lost', async () => {
    let asked = 0;
    let wake = () => {};
    const requests = new KeyFrameRequests(() => {
      asked += 1;
      wake();
      return true;
    });
    for (let viewer = 0; viewer < 5; viewer++) requests.request();
    assert.equal(asked, 1);
    await new Promise<void>((resolve) => (wake = resolve));
    assert.equal(asked, 2);
    requests.stop();
  });

  it('may be repeated at once when none could be sent', () => {
    let asked = 0;
    const requests = new KeyFrameRequests(() => ++asked > 2);
    for (let attempt = 0; attempt < 3; attempt++) requests.request();
    assert.equal(asked, 3);
    requests.stop();
  });
});
