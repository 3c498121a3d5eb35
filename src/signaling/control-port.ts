/**
 * What pages that control the phone system need beyond {@link SignalingPort}: other people's sessions, users,
 * other clients, history, messages. A part of its own, loaded when it is first asked for.
 */
import type {
  CheckedParams,
  Conversation,
  HistoryRecord,
  KeptMessage,
  Message,
  MessageReport,
  Params,
  SentMessage,
  TextMessage,
  User,
  WebClient,
} from '../protocol/index.js';
import type { Description } from './port.js';

export type {
  Conversation,
  HistoryRecord,
  KeptMessage,
  Message,
  MessageReport,
  SentMessage,
  TextMessage,
  User,
  WebClient,
};

/** The filters of the call history; what is left out or empty does not filter. */
export type HistoryQuery = Params<'history.query'>;

/** One page of the history, newest first, and how many records fit the filters in all. */
export interface HistoryPage {
  readonly total: number;
  readonly records: readonly HistoryRecord[];
}

/** Conversations, the latest first, and whether there are more. */
export interface ConversationPage {
  readonly conversations: readonly Conversation[];
  readonly more: boolean;
}

/** Messages of a conversation, the latest first, and whether there are earlier ones. */
export interface MessagePage {
  readonly messages: readonly KeptMessage[];
  readonly more: boolean;
}

/** Users and other clients as they are now. */
export interface Directory {
  readonly users: readonly User[];
  readonly clients: readonly WebClient[];
  /** Pages want the seven session states of the older API generation. */
  readonly legacySessionStates: boolean;
}

export type ControlEvent =
  /** A user is new or changed. */
  | { readonly type: 'user'; readonly user: User }
  | { readonly type: 'user-removed'; readonly id: string }
  /** Another client came or is gone. */
  | { readonly type: 'client'; readonly client: WebClient }
  /** The other party of a call wrote something. */
  | { readonly type: 'message'; readonly message: Message }
  /** Somebody wrote to this phone's number, in no call. */
  | { readonly type: 'text-message'; readonly message: TextMessage }
  /** Another phone of this number wrote to somebody, in no call. */
  | { readonly type: 'message-sent'; readonly message: SentMessage }
  /** What became of a message that was sent to a number. */
  | { readonly type: 'message-report'; readonly report: MessageReport }
  /** Another phone of this number has seen what `with` wrote. */
  | { readonly type: 'messages-seen'; readonly with: string };

/** One party of a session. */
export type SessionParty = CheckedParams<'session.dtmf'>['party'];

/** Commands resolve when the phone system confirmed them and reject with a `SignalingError`. */
export interface ControlPort {
  /** Tells what happens, in order, from now on. Returns the way to stop. */
  listen(listener: (event: ControlEvent) => void): () => void;
  /** Users and other clients now; what changes follows as events. */
  watch(): Promise<Directory>;

  holdSession(sessionId: string): Promise<void>;
  unholdSession(sessionId: string): Promise<void>;
  closeSession(sessionId: string): Promise<void>;
  transferSession(sessionId: string, transferor: 'caller' | 'callee', to: string): Promise<void>;
  /** Ends a session as if the caller had hung up. */
  hangUpSession(sessionId: string): Promise<void>;
  /** Sends a session that rings on to another number. */
  forwardSession(sessionId: string, to: string): Promise<void>;
  /** Sends one digit `0-9 * # A-D` to one party. */
  sendSessionDigit(sessionId: string, party: SessionParty, digit: string): Promise<void>;
  /** Listens to a session as the call `callId`, and brings the answer to the offer. */
  listenToSession(sessionId: string, callId: string, offer: Description): Promise<Description>;
  /** Rings `caller` and, when it answers, `callee`; brings the session's id. */
  setUpCall(caller: string, callee: string): Promise<string>;
  /** Whether a webphone could be called now. */
  checkWebphone(id: string): Promise<boolean>;
  /** Makes a conference of calls of this phone; brings its id. */
  mergeCalls(callIds: readonly string[]): Promise<string>;
  /** Takes the conference of a call apart; the other calls are on hold. */
  splitConference(callId: string): Promise<void>;
  /** Breaks the path the media of a call take, until others are looked for; only where simulated faults are allowed. */
  breakPath(callId: string): Promise<void>;
  /** Sends a text to the other party of a call; brings the message's id when it is delivered. */
  sendMessage(callId: string, text: string): Promise<string>;
  /** Sends a text to a number; brings the message's id when it is on its way. Whether it arrives is an event. */
  sendMessageTo(to: string, text: string): Promise<string>;
  history(query: HistoryQuery): Promise<HistoryPage>;
  /** With whom this phone's number wrote, the latest first. */
  conversations(page: Params<'message.conversations'>): Promise<ConversationPage>;
  /** What it and another number wrote to each other, the latest first. */
  messages(page: Params<'message.list'>): Promise<MessagePage>;
  /** What that number wrote was seen. */
  seeMessages(number: string): Promise<void>;
}
