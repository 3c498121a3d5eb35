/**
 * A phone that controls its phone system: other people's sessions, users, other clients, history and messages,
 * beside what every phone can do. Few pages want it, so it is loaded when {@link PhoneHandle.control} asks.
 *
 * Commands fail as those of the phone do: they reject with a `PhoneError`, and the failure stands in the
 * phone's `state.problem`.
 */
import type { Camera } from '../../media/port.js';
import type {
  ControlEvent,
  ConversationPage,
  Directory,
  HistoryPage,
  HistoryQuery,
  HistoryRecord,
  Message,
  MessagePage,
  MessageReport,
  SentMessage,
  SessionParty,
  TextMessage,
  User,
  WebClient,
} from '../../signaling/control-port.js';
import type { EndReason, SignalingEvent } from '../../signaling/port.js';

export type { Directory, HistoryPage, HistoryQuery, HistoryRecord, SessionParty, User, WebClient };
export type { ConversationPage, Message, MessagePage, MessageReport, SentMessage, TextMessage };
export type { Conversation, KeptMessage } from '../../signaling/control-port.js';

/** What happens, one by one; the phone's state is up to date when it is told. */
export type PhoneNews =
  | Extract<SignalingEvent, { type: 'session' | 'extension' | 'extension-removed' }>
  | ControlEvent
  /** A session that was listened to has ended, or cannot be heard any more. */
  | { readonly type: 'listening-ended'; readonly callId: string; readonly reason: EndReason };

export interface PhoneControl {
  /** Users and other clients as they are now; empty until {@link watch}. */
  readonly directory: Directory;
  /**
   * Tells what happens, in order: messages from now on, and after each new sign-in; users and clients after
   * {@link watch}. Returns the way to stop.
   */
  onNews(listener: (news: PhoneNews) => void): () => void;
  /** Asks for users and other clients, and to be told of changes until the connection ends. */
  watch(): Promise<Directory>;

  /** Ends a session as if the caller had hung up. */
  hangUpSession(sessionId: string): Promise<void>;
  /** Sends a session that rings on to another number. */
  forwardSession(sessionId: string, to: string): Promise<void>;
  /** Sends one digit `0-9 * # A-D` to one party, who hears it as a tone. */
  sendSessionDigit(sessionId: string, party: SessionParty, digit: string): Promise<void>;
  /**
   * Plays what is said in a session, without being heard there, and brings the id of the listening. It needs no
   * microphone and is not among the phone's calls.
   */
  listen(sessionId: string): Promise<string>;
  stopListening(callId: string): Promise<void>;
  /** Rings `caller` and, when it answers, `callee`; brings the session's id. */
  setUpCall(caller: string, callee: string): Promise<string>;
  /** Whether a webphone could be called now. */
  checkWebphone(id: string): Promise<boolean>;
  history(query: HistoryQuery): Promise<HistoryPage>;
  /**
   * Makes a conference of answered calls of this phone, on hold or not: everybody hears all others. Calls that are in one
   * bring it. Every other call is put on hold, and the microphone is muted in all of them or in none.
   */
  merge(callIds: readonly string[]): Promise<void>;
  /** Takes the conference of a call apart: the phone goes on with this call, and the others are on hold. */
  split(callId: string): Promise<void>;
  /** Sends a text to the other party of a call; brings the message's id when it is delivered. */
  sendMessage(callId: string, text: string): Promise<string>;
  /**
   * Sends a text to a number, in no call; brings the message's id when it is on its way. Whether it arrives is told
   * as the news `message-report`; what others write to this phone's number as `text-message`, and what its other
   * phones write as `message-sent`.
   */
  sendMessageTo(to: string, text: string): Promise<string>;
  /**
   * With whom this phone's number wrote, as the phone system keeps it, the latest first: 50 of a `page`, or `rows`.
   * What waited for this number is delivered with that.
   */
  conversations(page?: { readonly page?: number; readonly rows?: number }): Promise<ConversationPage>;
  /** What this phone's number and another one wrote to each other, the latest first; `before` is a message's id. */
  messages(page: {
    readonly with: string;
    readonly before?: string | undefined;
    readonly rows?: number;
  }): Promise<MessagePage>;
  /** What that number wrote was seen; this number's other phones hear of it by the news `messages-seen`. */
  seeMessages(number: string): Promise<void>;
  /** Sends this camera in a call; from then on it is the camera of all calls of this phone. */
  attachCamera(callId: string, camera: Camera): Promise<void>;
}
