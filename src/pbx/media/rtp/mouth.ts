/** What a trunk leg sends: Opus as it comes, or telephone sound made of it, and silence where there is none. */
import { randomBytes } from 'node:crypto';
import type { Log } from '../../log.js';
import type { MediaPacket, MediaSource } from '../engine.js';
import { OPUS_SILENCE } from '../opus.js';
import type { RtpPosition, RtpStream } from '../stream/rtp-stream.js';
import { AudioSender } from '../stream/sender.js';
import { EVENT_CLOCK_RATE, scaleEvent } from '../stream/telephone-event.js';
import { G711Sender } from './g711/sender.js';
import type { RtpPacket } from './packet.js';
import type { Choice } from './sdp/negotiate.js';

/** The format the far side takes. */
export type Format = Pick<Choice, 'codec' | 'events'> & { readonly packetMs: number };

/** Pauses up to this are left as they are: telephones expect sound without a break, Opus may be silent (DTX). */
const PAUSE_MS = { telephony: 60, opus: 500 };

interface Voice {
  readonly stream: RtpStream;
  listenTo(source: MediaSource | null): void;
  silence(position?: RtpPosition): void;
  close(): void;
}

export class Mouth {
  readonly #voice: Voice;
  /** The synchronisation source of the stream: each format has a stream of its own. */
  readonly ssrc = randomBytes(4).readUInt32BE();
  readonly pauseMs: number;

  /** `put` puts a packet on the wire; `audioSent` is told of each that is sound of a source. */
  constructor(
    readonly format: Format,
    log: Log,
    private readonly put: (packet: RtpPacket) => void,
    private readonly audioSent: () => void,
  ) {
    const { codec, packetMs } = format;
    this.pauseMs = codec.name === 'opus' ? PAUSE_MS.opus : PAUSE_MS.telephony;
    this.#voice =
      codec.name === 'opus'
        ? this.#opus()
        : new G711Sender(
            codec.name,
            packetMs,
            log,
            (what, ...rest) => this.#send(what, ...rest),
            () => this.takesEvents,
          );
  }

  /** Whether a new agreement leaves everything as it is. */
  speaks({ codec, events, packetMs }: Format): boolean {
    const same = (a: { payloadType: number; clockRate: number } | null, b: typeof a) =>
      a?.payloadType === b?.payloadType && a?.clockRate === b?.clockRate;
    const { format } = this;
    return (
      same(format.codec, codec) &&
      format.codec.name === codec.name &&
      same(format.events, events) &&
      format.packetMs === packetMs
    );
  }

  get stream(): RtpStream {
    return this.#voice.stream;
  }

  get takesEvents(): boolean {
    return this.format.events !== null;
  }

  listenTo(source: MediaSource | null): void {
    this.#voice.listenTo(source);
  }

  /** Sends 20 ms of silence. */
  silence(position?: RtpPosition): void {
    this.#voice.silence(position);
  }

  /** Sends a packet of a press; its duration is at {@link EVENT_CLOCK_RATE}. */
  event(payload: Buffer, position: RtpPosition, marker: boolean): void {
    this.#send('telephone-event', payload, position, marker);
  }

  close(): void {
    this.#voice.close();
  }

  #opus(): Voice {
    const sender = new AudioSender(
      (codec: MediaPacket['codec'], ...rest) => {
        if (codec !== 'vp8') this.#send(codec === 'opus' ? 'sound' : codec, ...rest);
      },
      () => this.takesEvents,
    );
    return {
      stream: sender.stream,
      listenTo: (source) => sender.listenTo(source),
      silence: (position = sender.stream.insert()) => this.#send('silence', OPUS_SILENCE, position, false),
      close: () => sender.listenTo(null),
    };
  }

  #send(
    what: 'sound' | 'silence' | 'telephone-event',
    payload: Buffer,
    { sequence, timestamp }: RtpPosition,
    marker: boolean,
  ): void {
    const { codec, events } = this.format;
    const negotiated = what === 'telephone-event' ? events : codec;
    if (!negotiated) return;
    if (what === 'sound') this.audioSent();
    const bytes =
      what === 'telephone-event' ? scaleEvent(payload, EVENT_CLOCK_RATE, negotiated.clockRate) : payload;
    const { payloadType } = negotiated;
    this.put({ payloadType, marker, sequence, timestamp, ssrc: this.ssrc, payload: bytes });
  }
}
