/** One leg: a phone's side of a call, from the phone system's point of view. */
import type { Call, EndReason, Party, Talk, Transfer } from '../../protocol/index.js';
import type { MediaSource } from '../media/engine.js';
import type { Contact } from '../registrar/index.js';
import type { Announcement } from './announcement.js';
import type { Audience } from './audience.js';
import type { Conference } from './conference.js';
import type { LegMedia } from './leg-media.js';
import { LEG_TABLE } from './leg-states.js';
import type { LegEvent, LegState } from './leg-states.js';
import type { Session } from './session.js';
import { next } from './state-machine.js';
import { TalkTime } from './talk-time.js';

/** What a leg starts with. */
export interface NewLeg {
  readonly id: string;
  readonly contact: Contact;
  readonly kind: Call['kind'];
  readonly direction: Call['direction'];
  readonly media: LegMedia;
  readonly startedAt: number;
  /** How far it had come, of a call that is picked up again. */
  readonly before?: { readonly state: 'ringing' | 'active'; readonly talk: Talk };
}

export class Leg {
  readonly id: string;
  readonly contact: Contact;
  readonly kind: Call['kind'];
  readonly direction: Call['direction'];
  readonly media: LegMedia;
  readonly startedAt: number;
  readonly talk: TalkTime;
  /** The session the party is in; null before its number was looked up, and for who only listens. */
  session: Session | null = null;
  /** Those who listen, to whom this party belongs. */
  audience: Audience | null = null;
  /** The conference this party merged the call into. */
  conference: Conference | null = null;
  /** What is being said to this party. */
  announcement: Announcement | null = null;
  remote: Party = { number: '', name: '' };
  /** The outside line the other party came in by. */
  line = '';
  /** This party holds the other. */
  holding = false;
  /** This party's camera is on. */
  sendingVideo = false;
  transfer: Transfer | null = null;
  answeredAt: number | null = null;
  /** Its media was up, and may be again. */
  wasConnected = false;
  /** Ends the wait for media that broke; null while there is none. */
  stopMediaTimer: (() => void) | null = null;
  #state: LegState = 'created';
  #endReason: EndReason | null = null;

  constructor({ id, contact, kind, direction, media, startedAt, before }: NewLeg) {
    this.talk = new TalkTime(before?.talk);
    if (before) this.#state = before.state;
    this.id = id;
    this.contact = contact;
    this.kind = kind;
    this.direction = direction;
    this.media = media;
    this.startedAt = startedAt;
  }

  get state(): LegState {
    return this.#state;
  }

  /** What the other party hears of this one, when it hears it. */
  get voice(): MediaSource | null {
    return this.conference ? this.conference.voiceOf(this) : this.media.output;
  }

  /** Whose leg it is. */
  get party(): Party {
    const { number, name } = this.contact.identity;
    return { number, name };
  }

  /** Moves on; throws `wrong-state` when that cannot happen now. */
  step(event: LegEvent): void {
    this.#state = next(LEG_TABLE, this.#state, event);
  }

  /** Ends the leg, for this reason. */
  end(reason: EndReason, now: number): void {
    this.step('end');
    this.stopMediaTimer?.();
    this.#endReason = reason;
    this.talk.run(false, now);
  }

  /** The call as its owner sees it. */
  snapshot(): Call {
    const { session } = this;
    const peer = session?.peerOf(this);
    const live = this.#state !== 'ended';
    return {
      id: this.id,
      sessionId: (session ?? this.audience?.session)?.id ?? '',
      kind: this.kind,
      direction: this.direction,
      state: this.#state === 'created' ? 'dialing' : this.#state,
      heldLocally: live && this.holding,
      heldRemotely: live && (session?.isHeld(this) ?? false),
      remote: this.remote,
      line: this.line,
      video: session?.video ?? false,
      remoteVideo: live && session?.state === 'InCall' && (peer?.sendingVideo ?? false),
      transfer: this.transfer,
      conference: (live && this.conference?.id) || null,
      startedAt: this.startedAt,
      answeredAt: this.answeredAt,
      talk: this.talk.snapshot(),
      ...(this.#endReason === null ? {} : { endReason: this.#endReason }),
    };
  }
}
