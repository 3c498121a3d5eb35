/** Why a message could not be sent. */
export type MessageProblem =
  /** The configuration names no server or gateway for it. */
  | 'not-configured'
  /** An address, number or text that cannot be one. */
  | 'invalid'
  /** There is nobody of that number or address. */
  | 'destination-not-found'
  /** The server or gateway is not there, or did not answer in time. */
  | 'unreachable'
  /** It does not take this user name and password. */
  | 'unauthorized'
  /** It said no for another reason. */
  | 'refused';

/** A message that was not sent. Its `message` says what is wrong and how to mend it, and holds no secret. */
export class MessageError extends Error {
  override readonly name = 'MessageError';

  constructor(
    readonly problem: MessageProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
