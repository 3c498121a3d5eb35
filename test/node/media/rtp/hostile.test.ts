import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { MediaPacket } from '../../../../src/pbx/media/engine.js';
import { Control } from '../../../../src/pbx/media/rtp/control.js';
import { Ear } from '../../../../src/pbx/media/rtp/ear.js';
import { readRtp } from '../../../../src/pbx/media/rtp/packet.js';
import { createWeriftEngine, type WeriftEngine } from '../../../../src/pbx/media/werift/index.js';
import { SILENT_LOG } from '../../../support/peer-page.js';
import { runs } from '../../../support/property.js';
import { until } from '../../../support/until.js';
import { FarPhone } from './far-phone.js';

describe('what hostile packets do to a trunk', () => {
  let engine: WeriftEngine;
  before(async () => (engine = await createWeriftEngine({ log: SILENT_LOG })));
  after(() => engine.close());

  it('nothing: junk is dropped, and the call goes on', async () => {
    const phone = await FarPhone.open();
    const observer = { connected() {}, failed: assert.fail, digit: assert.fail };
    const options = { security: 'none', address: '127.0.0.1' } as const;
    const lines = ['a=rtpmap:101 telephone-event/8000', 'a=rtpmap:96 opus/48000/2'];
    const leg = await engine.answerTrunk(phone.sdp('0 101 96', lines, {}), observer, {
      ...options,
      codecs: ['PCMU'],
    });
    phone.callTo(leg.answer);
    const packets: MediaPacket[] = [];
    leg.output.subscribe('audio', (packet) => packets.push(packet));
    const header = fc
      .tuple(
        fc.constantFrom(0x80, 0x90, 0xa0, 0xbf, 0xff),
        fc.constantFrom(0, 13, 101, 96, 200, 201, 203, 255),
      )
      .map((bytes) => Uint8Array.from(bytes));
    const junk = fc.tuple(header, fc.uint8Array({ maxLength: 60 })).map((parts) => Buffer.concat(parts));
    await fc.assert(
      fc.asyncProperty(junk, async (datagram) => {
        phone.sendRaw(datagram);
        phone.sendRaw(datagram, phone.target! + 1);
        await Promise.resolve();
      }),
      runs(300, 2000),
    );
    await until(async () => {
      await phone.sendAll(phone.tone('PCMU', 440, 0.1));
      return packets.length > 5;
    });
    await leg.close();
    await phone.close();
  });

  it('a stranger neither speaks into the call nor hears it', async () => {
    const phone = await FarPhone.open();
    const observer = { connected() {}, failed: assert.fail, digit: assert.fail };
    const options = { security: 'none', address: '127.0.0.1' } as const;
    const leg = await engine.answerTrunk(phone.sdp('0'), observer, options);
    phone.callTo(leg.answer);
    await phone.sendAll(phone.tone('PCMU', 440, 0.1));
    await phone.hears(3);
    const packets: MediaPacket[] = [];
    leg.output.subscribe('audio', (packet) => packets.push(packet));
    const stranger = createSocket('udp4');
    let overheard = 0;
    stranger.on('message', () => (overheard += 1));
    await new Promise<void>((resolve) => stranger.bind(0, '127.0.0.2', resolve));
    phone.ssrc = 0xbad;
    for (const packet of phone.tone('PCMU', 600, 0.4)) {
      const datagram = Buffer.alloc(172);
      datagram[0] = 0x80;
      datagram.writeUInt16BE(packet.sequence!, 2);
      await new Promise((resolve) => stranger.send(datagram, phone.target!, '127.0.0.1', resolve));
    }
    const before = phone.packets.length;
    await phone.hears(before + 10);
    assert.equal(overheard, 0);
    assert.equal(packets.length, 0);
    await new Promise<void>((resolve) => stranger.close(() => resolve()));
    await leg.close();
    await phone.close();
  });

  it('a reader of RTCP takes whatever comes', () => {
    const control = new Control(
      'name',
      () => ({ ssrc: 1, timestamp: 0 }),
      () => {},
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        assert.equal(typeof control.read(Buffer.from(bytes)), 'boolean');
      }),
      runs(1000, 1000),
    );
  });

  it('an ear takes whatever packets come, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            payloadType: fc.constantFrom(0, 8, 13, 96, 101),
            marker: fc.boolean(),
            sequence: fc.integer({ min: 0, max: 0xffff }),
            timestamp: fc.integer({ min: 0, max: 0xffffffff }),
            ssrc: fc.constantFrom(1, 2),
            payload: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
          }),
          { maxLength: 40 },
        ),
        (packets) => {
          const ear = new Ear(SILENT_LOG as never, () => {});
          const passed: MediaPacket[] = [];
          ear.subscribe('audio', (packet) => passed.push(packet));
          ear.expect(
            new Map([
              [0, { name: 'PCMU', payloadType: 0, clockRate: 8000 }],
              [8, { name: 'PCMA', payloadType: 8, clockRate: 8000 }],
              [96, { name: 'opus', payloadType: 96, clockRate: 48_000 }],
              [101, { name: 'telephone-event', payloadType: 101, clockRate: 8000 }],
            ]),
          );
          for (const packet of packets) ear.receive(packet);
          ear.close();
          assert.ok(passed.every(({ timestamp }) => timestamp >= 0 && timestamp <= 0xffffffff));
        },
      ),
      runs(200, 2000),
    );
  });

  it('a reader of RTP takes whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const packet = readRtp(Buffer.from(bytes));
        assert.ok(packet === null || packet.payload.length <= bytes.length - 12);
      }),
      runs(1000, 1000),
    );
  });
});
