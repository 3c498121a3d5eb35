import type { Session as SessionData } from '../phone/index.js';
import type { LegacySessionState, SessionState } from './enums.js';
import { badArgument } from './errors.js';
import type { ClientCore } from './client-core.js';
import { UPDATE, type Updatable } from './roster.js';
import { SessionProperties } from './session-properties.js';
import { isBeforeRinging } from './session-states.js';
import { Topic, type Handler } from './topic.js';

const KEYS = /^[0-9*#A-D]$/;

/**
 * A conversation in the phone system. Comes with `OzWebClient.onSessionCreated`; pages do not make one.
 *
 * What its methods do is confirmed by a change of state; what fails, for example because a privilege is
 * missing, is told by `OzWebClient.onErrorOccured` and changes nothing.
 */
export class Session extends SessionProperties<ClientCore> implements Updatable<SessionData> {
  readonly #stateChanged = new Topic<[session: Session, sessionState: SessionState | LegacySessionState]>();
  #told: string | null;

  /** @internal */
  constructor(data: SessionData, core: ClientCore) {
    super(data, core);
    this.#told = isBeforeRinging(data.state) ? null : this.sessionState;
  }

  /**
   * Blind transfer: the transferor leaves, the other party is connected to a number.
   *
   * @param transferor The caller or the callee.
   * @throws OzError when the transferor is neither, or the number is missing.
   */
  blindTransfer(transferor: string, phoneNumber: string): void {
    const party = this.#party(transferor, 'transferor', 'blindTransfer');
    const to = needNumber(phoneNumber, 'blindTransfer');
    this.core.run('blindTransfer', () => this.core.phone.transferSession(this.sessionId, party, to));
  }

  /** As {@link blindTransfer}: the name its page has in the contents. */
  transfer(transferor: string, phoneNumber: string): void {
    this.blindTransfer(transferor, phoneNumber);
  }

  /** Ends the call of both; the session's last state is `Aborted`. */
  close(): void {
    this.core.run('close', () => this.core.phone.closeSession(this.sessionId));
  }

  /** Ends the call of both as if the caller had hung up. */
  closeWithHangup(): void {
    this.#hangUp('closeWithHangup');
  }

  /** Ends the call of both as if the caller had hung up. */
  hangup(): void {
    this.#hangUp('hangup');
  }

  /**
   * Sends a session that rings on to another number.
   *
   * @throws OzError when the number is missing.
   */
  forward(phoneNumber: string): void {
    const to = needNumber(phoneNumber, 'forward');
    this.core.run('forward', async () => (await this.core.control()).forwardSession(this.sessionId, to));
  }

  /** Puts both parties on hold. */
  hold(): void {
    this.core.run('hold', () => this.core.phone.holdSession(this.sessionId));
  }

  /** Takes back {@link hold}. */
  unhold(): void {
    this.core.run('unhold', () => this.core.phone.unholdSession(this.sessionId));
  }

  /**
   * Sends a tone to one party.
   *
   * @param key `0`–`9`, `*` or `#`.
   * @param phoneNumber Who hears it: the caller or the callee.
   * @throws OzError when the key is missing or none, or the number is neither party's.
   */
  sendDtmf(key: string | number, phoneNumber: string): void {
    const digit = String(key ?? '').toUpperCase();
    if (!KEYS.test(digit)) throw badArgument('key', 'sendDtmf');
    const party = this.#party(phoneNumber, 'phoneNumber', 'sendDtmf');
    this.core.run('sendDtmf', async () =>
      (await this.core.control()).sendSessionDigit(this.sessionId, party, digit),
    );
  }

  /** Plays what both parties say; they hear nothing of it. It goes on when one of them transfers the call. */
  startListen(): void {
    this.core.run('startListen', () => this.core.listenings.start(this.sessionId, this.masterSessionId));
  }

  /** Ends {@link startListen}. */
  stopListen(): void {
    this.core.run('stopListen', () => this.core.listenings.stop(this.masterSessionId));
  }

  /** Occurs when the state has changed: `callback(session, sessionState)`. */
  onSessionStateChanged(
    callback: Handler<[session: Session, sessionState: SessionState | LegacySessionState]>,
  ): void {
    this.core.register('onSessionStateChanged', this.#stateChanged, callback);
  }

  /** @internal */
  [UPDATE](data: SessionData): () => void {
    const before = this.data.state;
    this.data = data;
    return () => {
      const state = this.sessionState;
      if (data.state === before || isBeforeRinging(data.state) || state === this.#told) return;
      this.#told = state;
      this.#stateChanged.raise(this, state);
    };
  }

  /** @internal The state as the phone system names it. */
  get rawState(): SessionData['state'] {
    return this.data.state;
  }

  /** @internal The session is over. */
  end(): void {
    this.endedAt = this.core.now();
  }

  #hangUp(method: string): void {
    this.core.run(method, async () => (await this.core.control()).hangUpSession(this.sessionId));
  }

  #party(number: string, parameter: string, method: string): 'caller' | 'callee' {
    // Page examples pass what they read from the session, or a number as a number.
    const text = String(number ?? '');
    if (text && text === this.caller) return 'caller';
    if (text && text === this.callee) return 'callee';
    throw badArgument(parameter, method);
  }
}

function needNumber(phoneNumber: string | number, method: string): string {
  const text = String(phoneNumber ?? '').trim();
  if (!text) throw badArgument('phoneNumber', method);
  return text;
}
