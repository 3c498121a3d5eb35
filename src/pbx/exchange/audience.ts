/** Those who listen to a conversation unheard. They stay with it wherever it is transferred to. */
import type { MediaMixer, MediaSource } from '../media/engine.js';
import type { Leg } from './leg.js';
import type { Session } from './session.js';
import type { Switchboard } from './switchboard.js';

/** Something that listens without being a leg: a recording. */
interface Tap {
  readonly listener: (frame: Int16Array) => void;
  readonly ended: () => void;
  leave: () => void;
}

export class Audience {
  readonly #listeners = new Set<Leg>();
  readonly #taps = new Set<Tap>();
  readonly #heard = new Map<MediaSource, () => void>();

  constructor(
    /** The conversation. */
    public session: Session,
    private readonly mixer: MediaMixer,
  ) {}

  get listeners(): readonly Leg[] {
    return [...this.#listeners];
  }

  join(leg: Leg): void {
    this.#listeners.add(leg);
    leg.audience = this;
    leg.media.listenTo('audio', this.mixer.output());
  }

  /** A listener goes; with the last one the audience is over. */
  leave(leg: Leg): void {
    if (this.#listeners.delete(leg)) this.#closeIfEmpty();
  }

  get taps(): readonly Tap[] {
    return [...this.#taps];
  }

  /** Gives a tap the sound of the conversation; it takes the tap's former one away. */
  connect(tap: Tap): void {
    tap.leave();
    const stop = this.mixer.tap(tap.listener);
    this.#taps.add(tap);
    tap.leave = () => {
      tap.leave = () => {};
      stop();
      this.#taps.delete(tap);
      this.#closeIfEmpty();
    };
  }

  #closeIfEmpty(): void {
    if (this.#listeners.size > 0 || this.#taps.size > 0) return;
    if (this.session.audience === this) this.session.audience = null;
    this.mixer.close();
  }

  /** The parties of the conversation may be others now, or have only just got their media. */
  follow(): void {
    const active = this.session.legs().filter(({ state }) => state === 'active');
    const sources = new Set(active.flatMap(({ voice }) => voice ?? []));
    for (const [source, stop] of this.#heard) {
      if (sources.has(source)) continue;
      stop();
      this.#heard.delete(source);
    }
    for (const source of sources) {
      if (!this.#heard.has(source)) this.#heard.set(source, this.mixer.add(source));
    }
  }
}

/** Lets a leg listen to a session. */
export function listen(board: Switchboard, session: Session, leg: Leg): void {
  session.audience ??= new Audience(session, board.createMixer());
  leg.step('listen');
  leg.answeredAt = board.clock.now();
  leg.remote = session.caller.party;
  session.audience.join(leg);
  session.audience.follow();
  board.legChanged(leg);
}

/** Taps a session until the returned function is called; `ended` says that the conversation was over before. */
export function tap(
  board: Switchboard,
  session: Session,
  listener: (frame: Int16Array) => void,
  ended: () => void,
): () => void {
  session.audience ??= new Audience(session, board.createMixer());
  const made: Tap = { listener, ended, leave: () => {} };
  session.audience.connect(made);
  session.audience.follow();
  return () => made.leave();
}

/** The conversation goes on in another session, and those who listen to it go along. */
export function moveAudience(board: Switchboard, from: Session, to: Session): void {
  const audience = from.audience;
  if (!audience) return;
  from.audience = null;
  const joined = to.audience;
  audience.session = to;
  if (joined) {
    // Two conversations became one.
    for (const tap of audience.taps) joined.connect(tap);
    for (const leg of audience.listeners) {
      joined.join(leg);
      audience.leave(leg);
    }
  } else {
    to.audience = audience;
  }
  for (const leg of to.audience?.listeners ?? []) {
    leg.remote = to.caller.party;
    board.legChanged(leg);
  }
}

/** The conversation is over, and so is listening to it. */
export function endAudience(board: Switchboard, session: Session): void {
  for (const tap of session.audience?.taps ?? []) {
    tap.leave();
    tap.ended();
  }
  for (const leg of session.audience?.listeners ?? []) board.endLeg(leg, 'remote-hung-up');
}
