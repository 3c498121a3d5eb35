/** Digits as telephone events (RFC 4733): read from a party's packets, and written for a party to hear. */
import { distance32 } from './rtp-stream.js';

/** The clock rate at which events are passed from leg to leg. */
export const EVENT_CLOCK_RATE = 48_000;

const KEYS = '0123456789*#ABCD';
const END = 0x80;
/** Loudness of the tones we send, in -dBm0. */
const VOLUME = 10;
/** An event that lasts longer than its duration field can say goes on as another, from here (RFC 4733, 2.5.1.3). */
const LONG_EVENT = 0xe000;
/** How many presses are remembered, to know their late packets. */
const REMEMBERED = 8;

/** Whether a text holds nothing but keys of a telephone. */
export function isDigits(text: string): boolean {
  return /^[0-9*#A-D]+$/i.test(text);
}

/** Reads presses from packets: each press once, at the first of its packets that arrives. */
export class DigitReader {
  #told: number[] = [];
  #last: { event: number; timestamp: number; duration: number; ended: boolean } | null = null;

  /** The digit when this packet is the first one of a press; null otherwise. */
  read(payload: Buffer, timestamp: number, marker: boolean): string | null {
    if (payload.length < 4) return null;
    const event = payload[0]!;
    const ended = (payload[1]! & END) !== 0;
    const duration = payload.readUInt16BE(2);
    if (event >= KEYS.length) return null;
    if (this.#told.includes(timestamp)) {
      if (this.#last?.timestamp === timestamp) {
        this.#last.duration = Math.max(this.#last.duration, duration);
        this.#last.ended ||= ended;
      }
      return null;
    }
    const goesOn = !marker && this.#isContinued(event, timestamp);
    this.#told = [timestamp, ...this.#told].slice(0, REMEMBERED);
    this.#last = { event, timestamp, duration, ended };
    return goesOn ? null : KEYS[event]!;
  }

  #isContinued(event: number, timestamp: number): boolean {
    const last = this.#last;
    if (!last || last.ended || last.event !== event || last.duration < LONG_EVENT) return false;
    const later = distance32(last.timestamp, timestamp);
    return later >= last.duration && later <= 0xffff + 0x2000;
  }
}

/** The payload of one packet of a press. */
export function eventPayload(digit: string, durationMs: number, clockRate: number, ended: boolean): Buffer {
  const payload = Buffer.alloc(4);
  payload[0] = KEYS.indexOf(digit.toUpperCase());
  payload[1] = VOLUME | (ended ? END : 0);
  payload.writeUInt16BE(Math.min(0xffff, Math.round((durationMs * clockRate) / 1000)), 2);
  return payload;
}

/** The same event for a party whose events run at another clock rate. */
export function scaleEvent(payload: Buffer, from: number, to: number): Buffer {
  if (from === to || payload.length < 4) return payload;
  const scaled = Buffer.from(payload);
  scaled.writeUInt16BE(Math.min(0xffff, Math.round((payload.readUInt16BE(2) * to) / from)), 2);
  return scaled;
}
