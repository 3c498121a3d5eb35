/** A telephone at the other end of a trunk: a UDP socket that sends and hears RTP, told what to say. */
import { createSocket, type Socket } from 'node:dgram';
import { compress, expand, type Law } from '../../../../src/pbx/media/rtp/g711/law.js';
import { isRtcp, readRtp, writeRtp, type RtpPacket } from '../../../../src/pbx/media/rtp/packet.js';
import type { SrtpContext } from '../../../../src/pbx/media/rtp/srtp/context.js';
import { joined, tone } from '../../../support/sound.js';
import { until } from '../../../support/until.js';

/** A packet as it is sent, before it goes on the wire. */
export type Sent = Partial<RtpPacket> & Pick<RtpPacket, 'payload'>;

export class FarPhone {
  readonly #socket: Socket;
  /** The datagrams as they came. */
  readonly datagrams: Buffer[] = [];
  readonly packets: RtpPacket[] = [];
  ours: SrtpContext | null = null;
  theirs: SrtpContext | null = null;
  #sequence = 1000;
  #timestamp = 90_000;
  ssrc = 0xfa4;
  target: number | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (datagram) => {
      this.datagrams.push(datagram);
      const plain = this.theirs ? this.theirs.unprotect(datagram) : datagram;
      const packet = plain && !isRtcp(plain) ? readRtp(plain) : null;
      if (packet) this.packets.push({ ...packet, payload: Buffer.from(packet.payload) });
    });
  }

  static async open(): Promise<FarPhone> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new FarPhone(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Its description: codecs as they stand in the `m=` line, and further lines. */
  sdp(
    formats: string,
    lines: readonly string[] = [],
    { protocol = 'RTP/AVP', port = this.port } = {},
  ): string {
    return [
      'v=0',
      'o=phone 1 1 IN IP4 127.0.0.1',
      's=call',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${port} ${protocol} ${formats}`,
      ...lines,
      '',
    ].join('\r\n');
  }

  /** Sends to where a description says. */
  callTo(sdp: string): void {
    this.target = Number(/^m=audio (\d+)/m.exec(sdp)![1]);
  }

  send(packet: Sent): void {
    const whole = writeRtp({
      payloadType: 0,
      marker: false,
      sequence: this.#sequence,
      timestamp: this.#timestamp,
      ssrc: this.ssrc,
      ...packet,
    });
    this.sendRaw(this.ours?.protect(whole) ?? whole);
  }

  sendRaw(datagram: Buffer, port = this.target!): void {
    this.#socket.send(datagram, port, '127.0.0.1');
  }

  /** The packets of a tone. */
  tone(law: Law, hz: number, seconds: number, packetMs = 20): Sent[] {
    const samples = Int16Array.from(tone(hz, seconds, 8000), (sample) => sample * 0x7fff);
    const size = packetMs * 8;
    const packets: Sent[] = [];
    for (let at = 0; at + size <= samples.length; at += size) {
      packets.push({
        payloadType: law === 'PCMU' ? 0 : 8,
        payload: compress(law, samples.subarray(at, at + size)),
        sequence: this.#sequence,
        timestamp: this.#timestamp,
      });
      this.#sequence = (this.#sequence + 1) & 0xffff;
      this.#timestamp = (this.#timestamp + size) >>> 0;
    }
    return packets;
  }

  /** Sends packets a little apart, so that none is lost in the socket. */
  async sendAll(packets: readonly Sent[]): Promise<void> {
    for (const packet of packets) {
      this.send(packet);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** The telephone sound that came last, at 8 kHz, between -1 and 1. */
  heard(law: Law, packets: number): Float32Array {
    const last = this.packets.filter(({ payloadType }) => payloadType === (law === 'PCMU' ? 0 : 8));
    return joined(
      ...last
        .slice(-packets)
        .map(({ payload }) => Float32Array.from(expand(law, payload), (s) => s / 0x8000)),
    );
  }

  async hears(count: number, what: (packet: RtpPacket) => boolean = () => true): Promise<RtpPacket[]> {
    await until(() => this.packets.filter(what).length >= count);
    return this.packets.filter(what);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}
