/** What is reported to a sender of how its packets arrive (RFC 3550, 6.4.1, A.3 and A.8). */
import { RtcpReceiverInfo } from 'werift';
import { distance16, distance32 } from '../stream/rtp-stream.js';

const MAX_LOST = 0x7f_ffff;

export class Reception {
  #ssrc: number | null = null;
  #clockRate = 8000;
  #base = 0;
  #highest = 0;
  #cycles = 0;
  #received = 0;
  #before = { expected: 0, received: 0 };
  #transit: number | null = null;
  #jitter = 0;
  #report: { middle: number; at: number } | null = null;

  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** Takes a packet that arrived now into account. */
  count({ ssrc, sequence, timestamp }: { ssrc: number; sequence: number; timestamp: number }, rate: number) {
    if (ssrc !== this.#ssrc || rate !== this.#clockRate) this.#begin(ssrc, sequence, rate);
    this.#received += 1;
    if (distance16(this.#highest, sequence) > 0) {
      if (sequence < this.#highest) this.#cycles += 0x10000;
      this.#highest = sequence;
    }
    const arrival = Math.round((this.clock() * rate) / 1000) | 0;
    const transit = distance32(timestamp, arrival);
    if (this.#transit !== null) {
      const difference = Math.abs(distance32(this.#transit, transit));
      this.#jitter += (difference - this.#jitter) / 16;
    }
    this.#transit = transit;
  }

  /** A sender report came; `middle` are the middle 32 bits of its NTP time. */
  reported(ssrc: number, middle: number): void {
    if (ssrc === this.#ssrc) this.#report = { middle, at: this.clock() };
  }

  /** The report since the last one; none before the first packet. */
  take(): RtcpReceiverInfo[] {
    if (this.#ssrc === null) return [];
    const expected = this.#cycles + this.#highest - this.#base + 1;
    const expectedNow = expected - this.#before.expected;
    const lostNow = expectedNow - (this.#received - this.#before.received);
    this.#before = { expected, received: this.#received };
    const share = expectedNow > 0 && lostNow > 0 ? Math.floor((lostNow << 8) / expectedNow) : 0;
    return [
      new RtcpReceiverInfo({
        ssrc: this.#ssrc,
        fractionLost: Math.min(255, share),
        packetsLost: Math.min(MAX_LOST, Math.max(0, expected - this.#received)),
        highestSequence: (this.#cycles + this.#highest) >>> 0,
        jitter: Math.min(0xffff_ffff, Math.round(this.#jitter)),
        lsr: this.#report?.middle ?? 0,
        dlsr: this.#report ? Math.round(((this.clock() - this.#report.at) * 0x10000) / 1000) >>> 0 : 0,
      }),
    ];
  }

  #begin(ssrc: number, sequence: number, rate: number): void {
    this.#ssrc = ssrc;
    this.#clockRate = rate;
    this.#base = this.#highest = sequence;
    this.#cycles = this.#received = this.#jitter = 0;
    this.#before = { expected: 0, received: 0 };
    this.#transit = this.#report = null;
  }
}
