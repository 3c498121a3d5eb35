/** What `<ozeki-incoming-call>` says. */
export interface IncomingTexts {
  /** The name of the window. */
  ringingCalls: string;
  ignore: string;
  notifyMe: string;
  /** What is read aloud, and what a desktop notification says. */
  callFrom: (who: string, line: string) => string;
}
