/** Taking up a party of a call and putting it on an extension: by pointer, by touch, by keyboard. */
import type { LitElement } from 'lit';
import type { PhoneHandle } from '../../../phone/handle.js';
import type { Extension, PhoneState, Session } from '../../../phone/state.js';
import { OzekiSessionRequestEvent } from '../../ozeki-session-list/actions/session-event.js';
import type { Say } from '../../text/texts.js';
import { mayMove, nameOf, takes, type Load, type Party } from './rules.js';

/** What of the panel this needs. */
export interface TransferDesk {
  readonly host: LitElement;
  readonly text: Say;
  /** The state, where somebody is signed in. */
  state(): PhoneState | null;
  /** Gives a command, and tells a failure on screen; whether it was confirmed. */
  try(give: (phone: PhoneHandle) => Promise<unknown>): Promise<boolean>;
  /** Has the focus go to the first extension of those that fit. */
  focusTile(fits: (extension: Extension) => boolean): void;
}

export class Transfers {
  /** What was taken up. */
  carried: Load | null = null;
  /** The extension that what is dragged is over; empty for none. */
  over = '';
  /** What is said aloud about it. */
  said = '';
  /** Where parties are being sent, by their sessions, until the phone system has confirmed that. */
  readonly sent = new Map<string, string>();
  readonly #desk: TransferDesk;

  constructor(desk: TransferDesk) {
    this.#desk = desk;
    desk.host.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.carried) return;
      event.stopPropagation();
      this.putBack();
    });
  }

  /** What was taken up may have gone on, or away, meanwhile. */
  check(): void {
    const session = this.#session;
    if (this.carried && !(session && mayMove(session, this.carried.party, this.#desk.state()!)))
      this.carried = null;
  }

  carries(session: Session, party: Party): boolean {
    return this.carried?.sessionId === session.id && this.carried.party === party;
  }

  /** Whether what was taken up can be put there. */
  fits(extension: Extension): boolean {
    const session = this.#session;
    return !!session && takes(extension, session);
  }

  /** Takes up a party, or puts it back; by keyboard, the focus goes to where it can be put. */
  take(session: Session, party: Party, byKey: boolean): void {
    if (this.carries(session, party)) return this.putBack();
    const who = nameOf(session, party);
    this.carried = { sessionId: session.id, party, who };
    this.#say(this.#desk.text('choosePlaceKeys', who));
    if (byKey) this.#desk.focusTile((extension) => takes(extension, session));
  }

  putBack(): void {
    const { carried } = this;
    if (!carried) return;
    this.carried = null;
    this.#say(this.#desk.text('notMoved'));
    this.#desk.host.renderRoot
      .querySelector<HTMLElement>(
        `[data-session="${CSS.escape(carried.sessionId)}"][data-party=${carried.party}]`,
      )
      ?.focus();
  }

  /** Asks the phone system for the transfer. Until it has confirmed that, it is shown as asked for. */
  async drop({ id, name }: Extension): Promise<void> {
    const { sessionId, party, who } = this.carried!;
    const rings = this.#session?.state === 'Ringing';
    const to = [id, name].filter(Boolean).join(' ');
    const { host, text } = this.#desk;
    this.carried = null;
    this.#say('');
    if (!host.dispatchEvent(new OzekiSessionRequestEvent(sessionId, 'transfer'))) return;
    this.sent.set(sessionId, to);
    this.#say(text('moving', who, to));
    // Who is not moved leaves the call.
    const leaving = party === 'caller' ? 'callee' : 'caller';
    const done = await this.#desk.try(async (phone) =>
      rings
        ? (await phone.control()).forwardSession(sessionId, id)
        : phone.transferSession(sessionId, leaving, id),
    );
    this.sent.delete(sessionId);
    this.#say(done ? text('moved', who, to) : '');
  }

  /** A pointer goes down: on something to drag it may be the beginning of that. */
  readonly pointerDown = (event: PointerEvent): void => {
    const handle = (event.target as Element).closest<HTMLElement>('.chip');
    if (!handle || event.button || !event.isPrimary) return;
    const { session: sessionId = '', party = '' } = handle.dataset;
    import('./drag.js').then(
      ({ drag }) =>
        drag(event, handle, {
          begin: () => {
            const session = this.#find(sessionId);
            if (session && !this.carries(session, party as Party)) this.take(session, party as Party, false);
          },
          over: (id) => {
            if (id === this.over) return;
            this.over = id;
            this.#desk.host.requestUpdate();
          },
          end: (id) => {
            this.over = '';
            const target = this.#desk.state()?.extensions.find((extension) => extension.id === id);
            if (target && this.fits(target)) void this.drop(target);
            else this.putBack();
          },
        }),
      console.warn,
    );
  };

  get #session(): Session | undefined {
    return this.carried ? this.#find(this.carried.sessionId) : undefined;
  }

  #find(id: string): Session | undefined {
    return this.#desk.state()?.sessions.find((session) => session.id === id);
  }

  #say(words: string): void {
    this.said = words;
    this.#desk.host.requestUpdate();
  }
}
