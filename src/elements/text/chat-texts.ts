/** What `<ozeki-chat>` says. */
export interface ChatTexts {
  messages: string;
  noMessages: string;
  noMessagesHint: string;
  chatSignedOut: string;
  chatFailed: string;
  unreadCount: (count: number) => string;
  chatWith: (who: string) => string;
  writeTo: string;
  writeMessage: string;
  send: string;
  earlierMessages: string;
  newMessages: string;
  sending: string;
  sent: string;
  delivered: string;
  /** The other one is not there, and will find the message later. */
  sentWaitsFor: (who: string) => string;
  notSent: string;
  charactersLeft: (count: number) => string;
  saidBy: (who: string, what: string) => string;
}
