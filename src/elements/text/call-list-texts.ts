/** What `<ozeki-call-list>` says. */
export interface CallListTexts {
  calls: string;
  conference: string;
  /** How many other people are in it. */
  conferenceWith: (count: number) => string;
  /** The button that merges so many calls. */
  mergeCalls: (count: number) => string;
  mergeHint: string;
  takeApart: string;
  chooseCall: (who: string) => string;
}
