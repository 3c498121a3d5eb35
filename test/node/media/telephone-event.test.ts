import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DigitReader,
  eventPayload,
  isDigits,
  scaleEvent,
} from '../../../src/pbx/media/stream/telephone-event.js';

interface Packet {
  payload: Buffer;
  timestamp: number;
  marker: boolean;
}

/** The packets of one press, as a browser sends them: five of growing length, then the last one three times. */
function press(digit: string, timestamp: number, clockRate = 48_000): Packet[] {
  const growing = [20, 40, 60, 80].map((ms) => eventPayload(digit, ms, clockRate, false));
  const end = eventPayload(digit, 100, clockRate, true);
  return [...growing, end, end, end].map((payload, index) => ({ payload, timestamp, marker: index === 0 }));
}

function read(packets: Packet[]): string {
  const reader = new DigitReader();
  return packets
    .map(({ payload, timestamp, marker }) => reader.read(payload, timestamp, marker) ?? '')
    .join('');
}

describe('digits read from telephone events', () => {
  it('tells every key once', () => {
    const keys = '0123456789*#ABCD';
    assert.equal(read([...keys].flatMap((key, index) => press(key, index * 8160))), keys);
  });

  it('tells the same key pressed twice twice', () => {
    assert.equal(read([...press('5', 0), ...press('5', 8160)]), '55');
  });

  for (const clockRate of [48_000, 8000]) {
    it(`tells a press of which any one packet arrives, at ${clockRate} Hz`, () => {
      for (let only = 0; only < 7; only++) {
        assert.equal(read([press('7', 0, clockRate)[only]!, ...press('8', 9000, clockRate)]), '78');
      }
    });
  }

  it('tells a press once when its last packets come after the next press began', () => {
    const [first, second] = [press('1', 0), press('2', 8160)];
    assert.equal(
      read([...first.slice(0, 5), ...second.slice(0, 2), ...first.slice(5), ...second.slice(2)]),
      '12',
    );
  });

  it('takes a long press that goes on under another timestamp for one', () => {
    const reader = new DigitReader();
    const long = (duration: number, timestamp: number) => {
      const payload = eventPayload('9', 0, 48_000, false);
      payload.writeUInt16BE(duration, 2);
      return reader.read(payload, timestamp, false);
    };
    assert.deepEqual(
      [long(0x8000, 0), long(0xffff, 0), long(960, 0xffff), long(1920, 0xffff)],
      ['9', null, null, null],
    );
  });

  it('ignores events that are not keys, and broken ones', () => {
    const reader = new DigitReader();
    assert.equal(reader.read(Buffer.from([16, 0, 0, 0]), 1, true), null);
    assert.equal(reader.read(Buffer.from([5]), 2, true), null);
    assert.equal(reader.read(Buffer.alloc(0), 3, true), null);
  });

  it('scales an event to another clock', () => {
    const event = eventPayload('4', 100, 8000, true);
    assert.deepEqual(scaleEvent(event, 8000, 48_000), eventPayload('4', 100, 48_000, true));
    assert.equal(scaleEvent(eventPayload('4', 8000, 8000, false), 8000, 48_000).readUInt16BE(2), 0xffff);
  });

  it('knows keys', () => {
    assert.ok(isDigits('0123456789*#abcdABCD'));
    for (const text of ['', '12 3', 'E', '+1']) assert.ok(!isDigits(text), text);
  });
});
