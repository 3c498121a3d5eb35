import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { createEncoder } from 'libopus-wasm';
import type { Clip, LegObserver, MediaPacket, TrunkLeg } from '../../../../src/pbx/media/engine.js';
import { ClipPlayer } from '../../../../src/pbx/media/playout/clip-player.js';
import type { Law } from '../../../../src/pbx/media/rtp/g711/law.js';
import { SrtpContext } from '../../../../src/pbx/media/rtp/srtp/context.js';
import { createWeriftEngine, type WeriftEngine } from '../../../../src/pbx/media/werift/index.js';
import {
  EVENT_CLOCK_RATE,
  eventPayload,
  scaleEvent,
} from '../../../../src/pbx/media/stream/telephone-event.js';
import { level } from '../../../support/level.js';
import { SILENT_LOG } from '../../../support/peer-page.js';
import { decoded, heard, tone } from '../../../support/sound.js';
import { until } from '../../../support/until.js';
import { FarPhone, type Sent } from './far-phone.js';

const LOOPBACK = { security: 'none', address: '127.0.0.1' } as const;
const KEY = 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:';

/** A clip of a tone, as the phone system plays it. */
async function toneClip(hz: number): Promise<Clip> {
  const encoder = await createEncoder({ channels: 1 });
  const samples = Int16Array.from(tone(hz, 1), (sample) => sample * 0x7fff);
  const packets = Array.from({ length: 50 }, (_, at) =>
    Buffer.from(encoder.encode(samples.subarray(at * 960, (at + 1) * 960))),
  );
  encoder.free();
  return { packets, ms: 1000 };
}

class Ears implements LegObserver {
  digits = '';
  connections = 0;
  failures: string[] = [];
  connected = () => void (this.connections += 1);
  failed = (why: string) => void this.failures.push(why);
  digit = (digit: string) => void (this.digits += digit);
}

describe('calls over trunks', () => {
  let engine: WeriftEngine;
  let phone: FarPhone;
  let observer: Ears;
  let clip: Clip;
  const player = new ClipPlayer();
  const legs: TrunkLeg[] = [];
  const kept = <T extends TrunkLeg>(leg: T): T => {
    legs.push(leg);
    return leg;
  };
  /** What the phone system hears of a leg. */
  const listen = (leg: TrunkLeg) => {
    const packets: MediaPacket[] = [];
    leg.output.subscribe('audio', (packet) => packets.push(packet));
    return packets;
  };
  const sound = (packets: readonly MediaPacket[]) =>
    decoded({ packets: packets.filter(({ codec }) => codec === 'opus').map(({ payload }) => payload) });
  /** The encoder of a leg is made when somebody first listens. */
  const warm = async (leg: TrunkLeg, packets: readonly MediaPacket[], law: Law = 'PCMU') => {
    await until(async () => {
      await phone.sendAll(phone.tone(law, 300, 0.02));
      return packets.length > 0;
    });
  };

  before(async () => {
    engine = await createWeriftEngine({ log: SILENT_LOG });
    clip = await toneClip(1000);
    void player.play(clip, { repeat: true });
  });
  beforeEach(async () => {
    phone = await FarPhone.open();
    observer = new Ears();
  });
  afterEach(async () => {
    await Promise.all(legs.splice(0).map((leg) => leg.close()));
    await phone.close();
  });
  after(async () => {
    player.close();
    await engine.close();
  });

  for (const law of ['PCMU', 'PCMA'] as const) {
    it(`carry ${law} both ways`, async () => {
      const offer = phone.sdp(law === 'PCMU' ? '0 101' : '8 101', ['a=rtpmap:101 telephone-event/8000']);
      const leg = kept(await engine.answerTrunk(offer, observer, LOOPBACK));
      assert.match(leg.answer, new RegExp(`m=audio \\d+ RTP/AVP ${law === 'PCMU' ? 0 : 8} 101\r\n`));
      phone.callTo(leg.answer);
      const packets = listen(leg);
      leg.listenTo('audio', player);
      await warm(leg, packets, law);
      await phone.sendAll(phone.tone(law, 440, 0.6));
      await until(() => packets.length >= 30);
      assert.ok(heard((await sound(packets.slice(5))) as Float32Array, 440) > -14);

      await until(() => level(phone.heard(law, 20), 1000, 8000) > -14);
      assert.ok(level(phone.heard(law, 20), 440, 8000) < -35, 'the far side hears itself');
      await until(() => observer.connections === 1);
    });
  }

  it('carry Opus as it is', async () => {
    const lines = ['a=rtpmap:107 opus/48000/2', 'a=rtpmap:97 telephone-event/48000'];
    const leg = kept(await engine.answerTrunk(phone.sdp('0 107 97', lines), observer, LOOPBACK));
    assert.match(leg.answer, /m=audio \d+ RTP\/AVP 107 97\r\n/);
    phone.callTo(leg.answer);
    const packets = listen(leg);
    leg.listenTo('audio', player);
    const sent = clip.packets.slice(0, 10).map((payload, at) => ({
      payload,
      payloadType: 107,
      sequence: 700 + at,
      timestamp: at * 960,
    }));
    await phone.sendAll(sent);
    await until(() => packets.length === 10);
    assert.deepEqual(
      packets.map(({ payload, codec }) => [payload, codec]),
      sent.map(({ payload }) => [payload, 'opus']),
    );
    const tones = await phone.hears(
      30,
      ({ payloadType, payload }) => payloadType === 107 && payload.length > 3,
    );
    const samples = await decoded({ packets: tones.slice(-25).map(({ payload }) => payload) });
    assert.ok(heard(samples, 1000) > -14);
  });

  it('tell digits once, and pass them on to whoever listens', async () => {
    const leg = kept(
      await engine.answerTrunk(phone.sdp('0 101', ['a=rtpmap:101 telephone-event/8000']), observer, LOOPBACK),
    );
    phone.callTo(leg.answer);
    const packets = listen(leg);
    let sequence = 5000;
    const press = (digit: string, timestamp: number): Sent[] =>
      [20, 40, 60, 80, 100, 100, 100].map((ms, at) => ({
        payloadType: 101,
        payload: scaleEvent(eventPayload(digit, ms, EVENT_CLOCK_RATE, ms === 100), EVENT_CLOCK_RATE, 8000),
        sequence: sequence++,
        timestamp,
        marker: at === 0,
      }));
    await phone.sendAll([...press('4', 8000), ...press('4', 16_000), ...press('#', 24_000)]);
    await until(() => observer.digits.length >= 3);
    assert.equal(observer.digits, '44#');
    const events = packets.filter(({ codec }) => codec === 'telephone-event');
    assert.equal(events.length, 21);
    assert.equal(new Set(events.map(({ timestamp }) => timestamp)).size, 3);
    assert.equal(events[6]!.payload.readUInt16BE(2), 4800);
  });

  it('send digits, of our own and of whom they hear', async () => {
    const leg = kept(
      await engine.answerTrunk(phone.sdp('8 101', ['a=rtpmap:101 telephone-event/8000']), observer, LOOPBACK),
    );
    await leg.sendDigits('1*');
    const isEvent = ({ payloadType }: { payloadType: number }) => payloadType === 101;
    const events = await phone.hears(14, isEvent);
    assert.deepEqual([...new Set(events.map(({ payload }) => payload[0]))], [1, 10], 'the keys 1 and *');
    assert.equal(new Set(events.map(({ timestamp }) => timestamp)).size, 2);
    assert.equal(Math.max(...events.map(({ payload }) => payload.readUInt16BE(2))), 800);

    // A party that presses a key: its events lie between its packets of sound.
    const browser = await FarPhone.open();
    const lines = ['a=rtpmap:111 opus/48000/2', 'a=rtpmap:110 telephone-event/48000'];
    const other = kept(await engine.answerTrunk(browser.sdp('111 110', lines), new Ears(), LOOPBACK));
    browser.callTo(other.answer);
    leg.listenTo('audio', other.output);
    const pressed = [20, 40, 60].map((ms) => eventPayload('7', ms, EVENT_CLOCK_RATE, ms === 60));
    await browser.sendAll([
      { payloadType: 111, payload: clip.packets[0]!, sequence: 1, timestamp: 960 },
      ...pressed.map((payload, at) => ({
        payloadType: 110,
        payload,
        sequence: 2 + at,
        timestamp: 1920,
        marker: at === 0,
      })),
    ]);
    const passed = await phone.hears(
      3,
      ({ payloadType, payload }) => payloadType === 101 && payload[0] === 7,
    );
    assert.deepEqual(
      passed.map(({ payload }) => payload.readUInt16BE(2)),
      [160, 320, 480],
    );
    assert.equal(new Set(passed.map(({ timestamp }) => timestamp)).size, 1);
    await browser.close();
  });

  it('put in order what overtook, and get over what is lost', async () => {
    const leg = kept(await engine.answerTrunk(phone.sdp('0'), observer, LOOPBACK));
    phone.callTo(leg.answer);
    const packets = listen(leg);
    await warm(leg, packets);
    const before = packets.length;
    const all = phone.tone('PCMU', 700, 2);
    // Every twentieth is lost; of the others, two in seven change places.
    const arriving = all.filter((_, at) => at % 20 !== 10);
    for (let at = 3; at + 1 < arriving.length; at += 7) {
      [arriving[at], arriving[at + 1]] = [arriving[at + 1]!, arriving[at]!];
    }
    await phone.sendAll(arriving);
    await until(() => packets.length - before >= 95);
    const got = packets.slice(before);
    const steps = got.slice(1).map(({ sequence }, at) => (sequence - got[at]!.sequence) & 0xffff);
    assert.deepEqual([...new Set(steps)].sort(), [1, 2], 'in order, and what is lost is missing');
    assert.equal(steps.filter((step) => step === 2).length, 5);
    const clocks = got.slice(1).map(({ timestamp }, at) => (timestamp - got[at]!.timestamp) >>> 0);
    assert.deepEqual(
      clocks,
      steps.map((step) => step * 960),
    );
    assert.ok(heard((await sound(got)) as Float32Array, 700) > -14);
  });

  it('are not readable where SRTP is agreed', async () => {
    const key = Buffer.alloc(30, 7).toString('base64');
    const offer = phone.sdp('0', [KEY + key], { protocol: 'RTP/SAVP' });
    await assert.rejects(engine.answerTrunk(offer, observer, LOOPBACK), { reason: 'media-failed' });
    const leg = kept(await engine.answerTrunk(offer, observer, { ...LOOPBACK, security: 'required' }));
    const ours = /a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:(\S+)/.exec(leg.answer)![1]!;
    phone.callTo(leg.answer);
    phone.ours = new SrtpContext('AES_CM_128_HMAC_SHA1_80', Buffer.from(key, 'base64'));
    phone.theirs = new SrtpContext('AES_CM_128_HMAC_SHA1_80', Buffer.from(ours, 'base64'));
    const packets = listen(leg);
    leg.listenTo('audio', player);
    await warm(leg, packets);
    await phone.sendAll(phone.tone('PCMU', 440, 0.4));
    await until(() => packets.length >= 20);
    assert.ok(heard((await sound(packets.slice(5))) as Float32Array, 440) > -14);
    await until(() => level(phone.heard('PCMU', 20), 1000, 8000) > -14);
    // The same packets as they were on the wire.
    const wire = phone.datagrams.filter((datagram) => datagram.length === 12 + 160 + 10).slice(-20);
    phone.packets.length = 0;
    phone.packets.push(
      ...wire.map((datagram) => ({
        payloadType: 0,
        marker: false,
        sequence: 0,
        timestamp: 0,
        ssrc: 0,
        payload: datagram.subarray(12, 172),
      })),
    );
    assert.ok(level(phone.heard('PCMU', 20), 1000, 8000) < -20, 'a tone on the wire');
  });

  it('are offered with all there is, and follow the answer: early, then for good', async () => {
    const leg = kept(await engine.offerTrunk(observer, { ...LOOPBACK, security: 'optional' }));
    assert.match(leg.offer, /m=audio \d+ RTP\/AVP 96 0 8 97 101\r\n/);
    assert.equal(observer.connections, 0);
    const ringing = await FarPhone.open();
    await leg.accept(ringing.sdp('0'));
    assert.ok(
      (await ringing.hears(3)).every(({ payloadType }) => payloadType === 0),
      'silence opens the way',
    );
    await until(() => observer.connections === 1);
    await leg.accept(phone.sdp('8 101', ['a=rtpmap:101 telephone-event/8000']));
    await phone.hears(3, ({ payloadType }) => payloadType === 8);
    await assert.rejects(leg.accept('v=0\r\nm=audio 0 RTP/AVP 0\r\n'), { reason: 'media-failed' });
    assert.equal(observer.connections, 1);
    await ringing.close();
  });

  it('are held and taken back from both sides', async () => {
    const leg = kept(await engine.answerTrunk(phone.sdp('0'), observer, LOOPBACK));
    phone.callTo(leg.answer);
    const packets = listen(leg);
    await warm(leg, packets);
    await phone.hears(1);

    assert.match(await leg.reoffer(phone.sdp('0', ['a=sendonly'])), /a=recvonly/);
    assert.equal(leg.isHeldByFarSide, true);
    assert.match(await leg.reoffer(phone.sdp('0', ['a=inactive'])), /a=inactive/);
    const before = phone.packets.length;
    assert.match(await leg.reoffer(phone.sdp('0')), /a=sendrecv/);
    assert.equal(leg.isHeldByFarSide, false);
    await phone.hears(before + 1);

    const hold = await leg.offerAnew('sendonly');
    assert.match(hold, /m=audio \d+ RTP\/AVP 0\r\n[^]*a=sendonly/);
    await assert.rejects(leg.reoffer(phone.sdp('0')), { reason: 'wrong-state' });
    await leg.accept(phone.sdp('0', ['a=recvonly']));
    const heardBefore = packets.length;
    await phone.sendAll(phone.tone('PCMU', 300, 0.1));
    await leg.offerAnew('sendrecv');
    leg.withdraw();
    assert.match(await leg.reoffer(phone.sdp('0')), /a=recvonly|a=sendonly/, 'still held by us');
    assert.equal(packets.length, heardBefore, 'who is held is not heard');
    await leg.offerAnew('sendrecv');
    await leg.accept(phone.sdp('0'));
    await phone.sendAll(phone.tone('PCMU', 300, 0.1));
    await until(() => packets.length > heardBefore);
  });

  it('fail when nothing is heard for long, and come back', async () => {
    const leg = kept(await engine.answerTrunk(phone.sdp('0'), observer, { ...LOOPBACK, maxQuietMs: 100 }));
    phone.callTo(leg.answer);
    await until(() => observer.failures.length === 1);
    await until(async () => {
      await phone.sendAll(phone.tone('PCMU', 300, 0.02));
      return observer.connections === 2;
    });
    await leg.reoffer(phone.sdp('0', ['a=inactive']));
    const failures = observer.failures.length;
    // Far longer than it may be quiet otherwise: the other leg's failure is the clock.
    const other = new Ears();
    kept(await engine.answerTrunk(phone.sdp('0'), other, { ...LOOPBACK, maxQuietMs: 300 }));
    await until(() => other.failures.length === 1);
    assert.equal(observer.failures.length, failures);
  });

  it('end with a goodbye, and leave no leg behind', async () => {
    const before = engine.legCount;
    const leg = await engine.answerTrunk(phone.sdp('0', ['a=rtcp-mux']), observer, LOOPBACK);
    assert.equal(engine.legCount, before + 1);
    phone.callTo(leg.answer);
    await phone.sendAll(phone.tone('PCMU', 300, 0.04));
    await phone.hears(1);
    await leg.close();
    assert.equal(engine.legCount, before);
    await until(() => phone.datagrams.some((datagram) => datagram[1] === 200));
    const report = phone.datagrams.find((datagram) => datagram[1] === 200)!;
    assert.equal(report.at(-7), 203, 'BYE ends the compound packet');
    await leg.close();
  });
});
