import type { Session as SessionData } from '../phone/index.js';
import type { LegacySessionState, SessionState } from './enums.js';
import { dateText, durationText } from './format.js';
import { sessionState } from './session-states.js';

/** What a session needs of its client to tell how it is. */
export interface SessionClock {
  readonly legacySessionStates: boolean;
  /** The phone system's clock, in milliseconds since 1970. */
  now(): number;
}

/**
 * The properties of a session, always as they are now; those with a capital first letter are what pages of the
 * older API generation read.
 */
export abstract class SessionProperties<Core extends SessionClock> {
  protected data: SessionData;
  protected readonly core: Core;
  /** When the session was over; null while it lasts. */
  protected endedAt: number | null = null;

  protected constructor(data: SessionData, core: Core) {
    this.data = data;
    this.core = core;
  }

  /** The session that the first one of a chain of transfers was; its own id when there was none. */
  get masterSessionId(): string {
    return this.data.masterId;
  }

  /** The session's id. */
  get sessionId(): string {
    return this.data.id;
  }

  /** The state now; one of {@link SessionState}, or of the seven older ones where those are asked for. */
  get sessionState(): SessionState | LegacySessionState {
    return sessionState(this.data.state, this.core.legacySessionStates);
  }

  /** When the session was started: `yyyy-MM-dd HH:mm:ss` by this device's time zone. */
  get startTime(): string {
    return dateText(this.data.startedAt);
  }

  /** How long the two have talked: `HH:mm:ss`; it stands still while somebody is on hold. */
  get talkDuration(): string {
    const { ms, since } = this.data.talk;
    return durationText(ms + (since === null ? 0 : this.now() - since));
  }

  /** How long the session has been in its state: `HH:mm:ss`. */
  get stateDuration(): string {
    return durationText(this.now() - this.data.stateSince);
  }

  /** The number of the caller. */
  get caller(): string {
    return this.data.caller;
  }

  /** The number of the callee. */
  get callee(): string {
    return this.data.callee;
  }

  /** The name of the caller. */
  get callerDisplayName(): string {
    return this.data.callerName;
  }

  /** The name of the callee. */
  get calleeDisplayName(): string {
    return this.data.calleeName;
  }

  /** The id of the caller's leg. */
  get callerCallLegId(): string {
    return this.data.callerLegId;
  }

  /** The id of the callee's leg. */
  get calleeCallLegId(): string {
    return this.data.calleeLegId;
  }

  /** The extension or outside line the call came from. */
  get source(): string {
    return this.data.source;
  }

  /** The type of the source, for example `Webphone`. */
  get sourceType(): string {
    return this.data.sourceType;
  }

  /** The extension or outside line the call went to. */
  get destination(): string {
    return this.data.destination;
  }

  /** The type of the destination. */
  get destinationType(): string {
    return this.data.destinationType;
  }

  /** The number that was dialled. */
  get dialedNumber(): string {
    return this.data.dialedNumber;
  }

  /** `Internal`, `Inbound` or `Outbound`. */
  get direction(): SessionData['direction'] {
    return this.data.direction;
  }

  /** As {@link sessionId}. */
  get Id(): string {
    return this.sessionId;
  }

  /** As {@link sessionState}. */
  get State(): SessionState | LegacySessionState {
    return this.sessionState;
  }

  /** As {@link masterSessionId}. */
  get MasterSessionId(): string {
    return this.masterSessionId;
  }

  /** As {@link sessionId}. */
  get SessionId(): string {
    return this.sessionId;
  }

  /** As {@link sessionState}. */
  get SessionState(): SessionState | LegacySessionState {
    return this.sessionState;
  }

  /** As {@link startTime}. */
  get StartTime(): string {
    return this.startTime;
  }

  /** As {@link talkDuration}. */
  get TalkDuration(): string {
    return this.talkDuration;
  }

  /** As {@link stateDuration}. */
  get StateDuration(): string {
    return this.stateDuration;
  }

  /** As {@link caller}. */
  get Caller(): string {
    return this.caller;
  }

  /** As {@link callee}. */
  get Callee(): string {
    return this.callee;
  }

  /** As {@link callerDisplayName}. */
  get CallerDisplayName(): string {
    return this.callerDisplayName;
  }

  /** As {@link calleeDisplayName}. */
  get CalleeDisplayName(): string {
    return this.calleeDisplayName;
  }

  /** As {@link callerCallLegId}. */
  get CallerCallLegId(): string {
    return this.callerCallLegId;
  }

  /** As {@link calleeCallLegId}. */
  get CalleeCallLegId(): string {
    return this.calleeCallLegId;
  }

  /** As {@link source}. */
  get Source(): string {
    return this.source;
  }

  /** As {@link sourceType}. */
  get SourceType(): string {
    return this.sourceType;
  }

  /** As {@link destination}. */
  get Destination(): string {
    return this.destination;
  }

  /** As {@link destinationType}. */
  get DestinationType(): string {
    return this.destinationType;
  }

  /** As {@link dialedNumber}. */
  get DialedNumber(): string {
    return this.dialedNumber;
  }

  /** As {@link direction}. */
  get Direction(): SessionData['direction'] {
    return this.direction;
  }

  /** The clock of a session stands still when it is over. */
  protected now(): number {
    return this.endedAt ?? this.core.now();
  }
}
