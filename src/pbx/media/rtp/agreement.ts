/** Offer and answer of a trunk leg (RFC 3264): which description is whose turn, and what they come to. */
import { randomBytes } from 'node:crypto';
import { ProtocolError } from '../../../protocol/index.js';
import type { MediaDirection, TrunkCodec, TrunkMediaOptions } from '../engine.js';
import { direction, MAY, type Codec, type Crypto } from './sdp/description.js';
import { choose, readChoice, type Choice } from './sdp/negotiate.js';
import { readDescription } from './sdp/read.js';
import { writeAnswer, writeOffer, type OurAudio } from './sdp/write.js';
import { MASTER_BYTES, SUITES, type Suite } from './srtp/keys.js';
import type { Format } from './mouth.js';
import type { WireAgreement } from './wire.js';

/** What both sides agreed on. */
export interface Agreed extends Omit<WireAgreement, 'payloadTypes'>, Format {
  readonly maySend: boolean;
  readonly mayReceive: boolean;
  readonly isHeldByFarSide: boolean;
  /** What the far side may send, under our numbers. */
  readonly receive: ReadonlyMap<number, Codec>;
}

/** The numbers of codecs in our offers, where nothing is agreed yet. */
const OFFERED: Record<TrunkCodec, Codec> = {
  opus: { name: 'opus', payloadType: 96, clockRate: 48_000 },
  PCMU: { name: 'PCMU', payloadType: 0, clockRate: 8000 },
  PCMA: { name: 'PCMA', payloadType: 8, clockRate: 8000 },
};
const EVENTS: readonly Codec[] = [
  { name: 'telephone-event', payloadType: 97, clockRate: 48_000 },
  { name: 'telephone-event', payloadType: 101, clockRate: 8000 },
];
const CODECS: readonly TrunkCodec[] = ['opus', 'PCMU', 'PCMA'];

/** An offer of ours. */
interface OurOffer {
  readonly audio: OurAudio;
  /** No answer has come yet. */
  pending: boolean;
}

export class Agreement {
  /** Our keys, one for each suite for the whole call. */
  readonly #masters = new Map<Suite, Buffer>();
  readonly #codecs: readonly TrunkCodec[];
  /** What we want, as `a=` would say it. */
  #wanted: MediaDirection = 'sendrecv';
  #ours: OurOffer | null = null;
  /** Our audio as last agreed, from which a new offer is made. */
  #last: OurAudio | null = null;
  #version = 0;

  constructor(
    private readonly options: TrunkMediaOptions,
    private readonly port: number,
    private readonly controlPort: number,
    private readonly session: { readonly id: string },
  ) {
    const { codecs = CODECS } = options;
    this.#codecs = codecs.length > 0 ? codecs : CODECS;
  }

  /** The first offer of a call. */
  offer(): string {
    const { security } = this.options;
    const rates = new Set(this.#codecs.map((name) => OFFERED[name].clockRate));
    const suites = security === 'none' ? [] : SUITES;
    return this.#propose({
      address: this.options.address,
      port: this.port,
      controlPort: this.controlPort,
      protocol: security === 'required' ? 'RTP/SAVP' : 'RTP/AVP',
      codecs: [
        ...this.#codecs.map((name) => OFFERED[name]),
        ...EVENTS.filter(({ clockRate }) => rates.has(clockRate)),
      ],
      cryptos: suites.map((suite, at) => ({ tag: at + 1, suite, master: this.#master(suite) })),
      direction: this.#wanted,
      multiplexed: true,
      mid: null,
    });
  }

  /** Offers once more what is agreed, in another direction. */
  offerAnew(wanted: MediaDirection): string {
    this.#assertNoneWaits();
    if (!this.#last) throw new ProtocolError('wrong-state', 'The first offer of the call has no answer yet.');
    return this.#propose({ ...this.#last, direction: wanted });
  }

  /** The far side refused our offer. */
  withdraw(): void {
    if (this.#ours?.pending && this.#last) this.#ours = null;
  }

  /** The far side's answer to our offer; of several, the last one holds. */
  accept(answer: string): Agreed {
    const ours = this.#ours;
    if (!ours) throw new ProtocolError('wrong-state', 'There is no offer that waits for an answer.');
    const { audio } = ours;
    const choice = readChoice(readDescription(answer), audio, this.options.security);
    const crypto = audio.cryptos.find(({ tag }) => tag === choice.crypto?.tag) ?? null;
    const multiplexed = choice.audio.multiplexed;
    ours.pending = false;
    this.#wanted = audio.direction;
    // What a later offer repeats: what came of this one.
    const names = [choice.codec.name, 'telephone-event'];
    this.#last = {
      ...audio,
      codecs: audio.codecs.filter(
        ({ name, clockRate }) =>
          names.includes(name) && (name !== 'telephone-event' || clockRate === choice.events?.clockRate),
      ),
      cryptos: crypto ? [crypto] : [],
      protocol: choice.audio.protocol,
      multiplexed,
      controlPort: multiplexed ? this.port : this.controlPort,
    };
    return this.#agreed(choice, audio.codecs, crypto, multiplexed);
  }

  /** Answers an offer of the far side: the first one, or one in the middle of a call. */
  answer(offer: string): { answer: string; agreed: Agreed } {
    this.#assertNoneWaits();
    const { security, address } = this.options;
    const description = readDescription(offer);
    const choice = choose(description, { security, codecs: this.#codecs });
    const { place, audio, codec, events, crypto } = choice;
    const ours = crypto && { ...crypto, master: this.#master(crypto.suite) };
    const may = MAY[this.#wanted];
    const theirs = MAY[audio.direction];
    const described: OurAudio = {
      address,
      port: this.port,
      controlPort: audio.multiplexed ? this.port : this.controlPort,
      protocol: audio.protocol,
      codecs: events ? [codec, events] : [codec],
      cryptos: ours ? [ours] : [],
      direction: direction(may.send && theirs.receive, may.receive && theirs.send),
      multiplexed: audio.multiplexed,
      mid: audio.mid,
    };
    this.#ours = null;
    this.#last = described;
    return {
      answer: writeAnswer(this.#origin(), description.sections, place, described),
      agreed: this.#agreed(choice, described.codecs, ours, audio.multiplexed),
    };
  }

  #propose(audio: OurAudio): string {
    this.#ours = { audio, pending: true };
    return writeOffer(this.#origin(), audio);
  }

  #agreed(choice: Choice, ours: readonly Codec[], crypto: Crypto | null, multiplexed: boolean): Agreed {
    const { audio, codec, events } = choice;
    const theirs = MAY[audio.direction];
    const may = MAY[this.#wanted];
    // The codec that was chosen leads: it is what most likely comes.
    const receive = [...ours].sort((a, b) => Number(b.name === codec.name) - Number(a.name === codec.name));
    const heard = theirs.receive && audio.target !== null;
    return {
      target: audio.target,
      multiplexed,
      keys: crypto && choice.crypto ? { ours: crypto, theirs: choice.crypto } : null,
      codec,
      events,
      packetMs: audio.packetMs,
      maySend: may.send && heard,
      mayReceive: may.receive && theirs.send,
      isHeldByFarSide: !heard,
      receive: new Map(receive.map((each) => [each.payloadType, each])),
    };
  }

  #assertNoneWaits(): void {
    // The far side's offer has crossed ours: it is to hear 491 (RFC 3261, 14.2).
    if (this.#ours?.pending)
      throw new ProtocolError('wrong-state', 'Our own offer still waits for its answer.');
  }

  #master(suite: Suite): Buffer {
    let master = this.#masters.get(suite);
    if (!master) this.#masters.set(suite, (master = randomBytes(MASTER_BYTES)));
    return master;
  }

  #origin() {
    this.#version += 1;
    return { id: this.session.id, version: this.#version };
  }
}
