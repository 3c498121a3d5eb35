/** Text messages as scripts and commands send and get them, whichever way they go. */

/** Who wants to know whether a message was delivered. */
export type ReportTo =
  /** The phones of a number. */
  | { readonly phone: string }
  /** A web site, in the name of an API extension ("SMSDeliveryReport"); the address came with the command. */
  | { readonly apiExtension: string; readonly url: string };

export interface OutgoingSms {
  /** A UUID, made by who sends it. */
  readonly id: string;
  readonly sender: string;
  readonly recipient: string;
  readonly text: string;
  /** Nobody is told without it. */
  readonly reportTo?: ReportTo | undefined;
}

/** What became of a message. */
export interface SmsReport {
  readonly id: string;
  /** Of a message to an extension: a phone of it took it. To an API extension: its web site did. Else as the gateway says. */
  readonly delivered: boolean;
  readonly reportTo: ReportTo;
}

/** A message for an API extension ("IncomingSMS"). */
export interface IncomingSms {
  readonly id: string;
  readonly sender: string;
  readonly recipient: string;
  readonly text: string;
  readonly apiExtension: string;
}

export interface SmsPort {
  /**
   * Sends a message on its way; resolves when it is. Reports come later, also for messages of an earlier process.
   * @throws MessageError `destination-not-found`, `unreachable`, `unauthorized` or `refused`.
   */
  send(sms: OutgoingSms): Promise<void>;
  /** Tells what became of messages. Returns the way to stop. */
  onReport(listener: (report: SmsReport) => void): () => void;
  /** Takes the messages for API extensions: says whether the message was taken. Returns the way to stop. */
  onIncoming(taker: (sms: IncomingSms) => Promise<boolean>): () => void;
}
